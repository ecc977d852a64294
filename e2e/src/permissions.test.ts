import { readFileSync } from 'node:fs'
import { permissionGaps } from '@vardgraf/access'
import { folders, subgraphNames } from '@vardgraf/manifest'
import { permissionsIn } from '@vardgraf/service'
import { features as patients } from '@vardgraf/subgraph-patients/features'
import { buildASTSchema, GraphQLObjectType, type GraphQLSchema, parse } from 'graphql'
import { describe, expect, it } from 'vitest'

/** From the committed SDL, which the drift check keeps equal to the code. */
function schemaAt(path: string): GraphQLSchema {
  return buildASTSchema(parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')), { assumeValidSDL: true })
}
const places = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => type instanceof GraphQLObjectType && !type.name.startsWith('__'))
    .flatMap((type) => Object.keys((type as GraphQLObjectType).getFields()).map((field) => `${type.name}.${field}`))

// Each subgraph shows for itself that its fields are declared (`features.test.ts`): type-graphql keeps the classes of a process in one place.
describe('permissions', () => {
  it('are declared in a subgraph for every type and field of the supergraph', () => {
    const declared = new Set(subgraphNames.flatMap((name) => places(schemaAt(`${folders[name]}/schema.graphql`))))
    const all = places(schemaAt('supergraph.graphql'))
    expect(all.length).toBeGreaterThan(200)
    expect(all.filter((place) => !declared.has(place))).toEqual([])
  })

  it('that are missing, or of what does not exist, are found', () => {
    const schema = schemaAt('subgraphs/patients/schema.graphql')
    const rules = permissionsIn(patients) as unknown as Record<string, never>
    expect(permissionGaps(schema, rules as never)).toEqual({ undeclared: [], unknown: [] })
    const { Query: _missing, ...rest } = rules
    expect(permissionGaps(schema, rest as never).undeclared).toContain('Query.patient')
    expect(permissionGaps(schema, { ...rules, Nothing: { at: 'all' } } as never).unknown).toEqual(['Nothing.at'])
  })
})
