import { GraphQLObjectType, type GraphQLSchema } from 'graphql'
import type { IRules } from 'graphql-shield'

/** What federation itself adds: answered for the gateway, holding no data of ours. */
const ofFederation = new Set(['_Service', 'Query._service', 'Query._entities'])

/**
 * Every `Type.field` of a schema for which no permission is declared, and every declaration that fits nothing (`unknown`).
 * Shield would deny the former at run time, and a mutation would by then have run: so tests call this instead.
 */
export function permissionGaps(schema: GraphQLSchema, rules: IRules): { undeclared: string[]; unknown: string[] } {
  const declared = rules as Record<string, unknown>
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => type instanceof GraphQLObjectType)
    .filter((type) => !type.name.startsWith('__') && !ofFederation.has(type.name))
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
    .filter((place) => !ofFederation.has(place))
  const covered = new Set(
    Object.entries(declared).flatMap(([type, rule]) =>
      isRule(rule) ? everyFieldOf(schema, type) : Object.keys(rule as object).map((field) => `${type}.${field}`),
    ),
  )
  return {
    undeclared: fields.filter((place) => !covered.has(place)),
    unknown: [...covered].filter((place) => !place.endsWith('.*') && !ofFederation.has(place) && !fields.includes(place)),
  }
}

function everyFieldOf(schema: GraphQLSchema, type: string): string[] {
  const found = schema.getType(type)
  return found instanceof GraphQLObjectType ? Object.keys(found.getFields()).map((field) => `${type}.${field}`) : [`${type}.?`]
}

const isRule = (rule: unknown): boolean => typeof (rule as { resolve?: unknown }).resolve === 'function'
