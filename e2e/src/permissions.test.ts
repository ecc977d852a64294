import { readFileSync } from 'node:fs'
import { folders, subgraphNames } from '@vardgraf/manifest'
import { buildASTSchema, GraphQLObjectType, parse } from 'graphql'
import { expect, it } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

// Each subgraph shows that its table is that of its code (`features.test.ts`): type-graphql keeps the classes of a process in one place.
it('[A7] every type and field of the supergraph has a declaration of who may read it, in each subgraph that answers it', () => {
  for (const name of subgraphNames) {
    const schema = buildASTSchema(parse(read(`${folders[name]}/schema.graphql`)), { assumeValidSDL: true })
    const places = Object.values(schema.getTypeMap())
      .filter((type) => type instanceof GraphQLObjectType && !type.name.startsWith('__'))
      .flatMap((type) => Object.keys((type as GraphQLObjectType).getFields()).map((field) => `${type.name}.${field}`))
    expect(Object.keys(JSON.parse(read(`${folders[name]}/access.json`))).sort()).toEqual(places.sort())
  }
})
