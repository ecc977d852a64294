import { readFileSync } from 'node:fs'
import { type SubgraphName, subgraphNames } from '@vardgraf/manifest'
import { permissionGaps } from '@vardgraf/subgraph'
import { definition as billing } from '@vardgraf/subgraph-billing/definition'
import { definition as messaging } from '@vardgraf/subgraph-messaging/definition'
import { definition as patients } from '@vardgraf/subgraph-patients/definition'
import { definition as visits } from '@vardgraf/subgraph-visits/definition'
import { buildASTSchema, GraphQLObjectType, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'

const rules = {
  patients: patients.permissions,
  visits: visits.permissions,
  messaging: messaging.permissions,
  billing: billing.permissions,
} satisfies Record<SubgraphName, unknown>

/** From the committed SDL, which the drift check keeps equal to the code. */
function schemaAt(path: string): GraphQLSchema {
  return buildASTSchema(parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')), { assumeValidSDL: true })
}

describe('permissions', () => {
  it.each(subgraphNames)('of %s are declared for every field, and for nothing that does not exist', (name) => {
    expect(permissionGaps(schemaAt(`subgraphs/${name}/schema.graphql`), rules[name])).toEqual({ undeclared: [], unknown: [] })
  })

  it('are checked for every type and field of the supergraph', () => {
    const places = (schema: GraphQLSchema) =>
      Object.values(schema.getTypeMap())
        .filter((type) => type instanceof GraphQLObjectType && !type.name.startsWith('__'))
        .flatMap((type) => Object.keys((type as GraphQLObjectType).getFields()).map((field) => `${type.name}.${field}`))
    const walked = new Set(subgraphNames.flatMap((name) => places(schemaAt(`subgraphs/${name}/schema.graphql`))))
    const all = places(schemaAt('supergraph.graphql'))
    expect(all.length).toBeGreaterThan(200)
    expect(all.filter((place) => !walked.has(place))).toEqual([])
  })

  it('that are missing are found: the check itself can fail', () => {
    const schema = schemaAt('subgraphs/patients/schema.graphql')
    const { Query: _forgotten, ...rest } = rules.patients as Record<string, never>
    expect(permissionGaps(schema, rest).undeclared).toContain('Query.patient')
    const invented = { ...(rules.patients as object), Nothing: { at: 'all' } } as never
    expect(permissionGaps(schema, invented).unknown).toEqual(['Nothing.at'])
  })
})
