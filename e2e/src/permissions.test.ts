import { readFileSync } from 'node:fs'
import { emitSchema, permissionGaps, type SchemaDefinition } from '@vardgraf/subgraph'
import { definition as billing } from '@vardgraf/subgraph-billing/definition'
import { definition as messaging } from '@vardgraf/subgraph-messaging/definition'
import { definition as patients } from '@vardgraf/subgraph-patients/definition'
import { definition as visits } from '@vardgraf/subgraph-visits/definition'
import { buildASTSchema, GraphQLObjectType, parse } from 'graphql'
import { describe, expect, it } from 'vitest'

const subgraphs = { patients, visits, messaging, billing } as unknown as Record<string, SchemaDefinition<never>>

const schemaOf = (sdl: string) => buildASTSchema(parse(sdl), { assumeValidSDL: true })

describe('permissions', () => {
  it.each(Object.keys(subgraphs))('of %s are declared for every field, and for nothing that does not exist', (name) => {
    const definition = subgraphs[name] as SchemaDefinition<never>
    expect(permissionGaps(schemaOf(emitSchema(definition)), definition.permissions)).toEqual({ undeclared: [], unknown: [] })
  })

  it('are asked for by a walk that misses no type of the supergraph', () => {
    const walked = new Set(Object.values(subgraphs).flatMap((definition) => Object.keys(schemaOf(emitSchema(definition)).getTypeMap())))
    const supergraph = schemaOf(readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8'))
    const types = Object.values(supergraph.getTypeMap()).filter((type) => type instanceof GraphQLObjectType && !type.name.startsWith('__'))
    expect(types.length).toBeGreaterThan(40)
    expect(types.map(({ name }) => name).filter((name) => !walked.has(name))).toEqual([])
  })

  it('that are forgotten are found: the walk itself can fail', () => {
    const { Query: _forgotten, ...rest } = patients.permissions as Record<string, never>
    const gaps = permissionGaps(schemaOf(emitSchema(patients as never)), rest)
    expect(gaps.undeclared).toContain('Query.patient')
    const invented = permissionGaps(schemaOf(emitSchema(patients as never)), { ...(patients.permissions as object), Nothing: { at: 'all' } } as never)
    expect(invented.unknown).toEqual(['Nothing.at'])
  })
})
