import { readFileSync } from 'node:fs'
import { permissionGaps } from '@vardgraf/access'
import { type SubgraphName, subgraphNames } from '@vardgraf/manifest'
import { permissionsIn } from '@vardgraf/service'
import { features as billing } from '@vardgraf/subgraph-billing/features'
import { features as messaging } from '@vardgraf/subgraph-messaging/features'
import { features as patients } from '@vardgraf/subgraph-patients/features'
import { features as visits } from '@vardgraf/subgraph-visits/features'
import { buildASTSchema, GraphQLObjectType, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'

const rules = {
  patients: permissionsIn(patients),
  visits: visits[0]?.permissions ?? {},
  messaging: messaging[0]?.permissions ?? {},
  billing: billing[0]?.permissions ?? {},
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
