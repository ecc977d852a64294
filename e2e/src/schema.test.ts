import { readFileSync } from 'node:fs'
import {
  buildSchema,
  GraphQLEnumType,
  type GraphQLField,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  type GraphQLNamedType,
  GraphQLObjectType,
  getNamedType,
  isNonNullType,
} from 'graphql'
import { describe, expect, it } from 'vitest'

/** What clients see, by the file that the drift check keeps equal to the code. */
const sdl = readFileSync(new URL('../../packages/client/schema.graphql', import.meta.url), 'utf8')
const schema = buildSchema(sdl)

function ownTypes(): GraphQLNamedType[] {
  const builtIn = ['String', 'Int', 'Float', 'Boolean', 'ID']
  return Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__') && !builtIn.includes(name))
}

const hasFields = (type: GraphQLNamedType): type is GraphQLObjectType | GraphQLInterfaceType =>
  type instanceof GraphQLObjectType || type instanceof GraphQLInterfaceType

const fieldsOf = (): { place: string; field: GraphQLField<unknown, unknown> }[] =>
  ownTypes()
    .filter(hasFields)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ place: `${type.name}.${field.name}`, field })))

describe('the API schema', () => {
  it('describes every type, field, argument, input field and enum value', () => {
    const undescribed = ownTypes().flatMap((type) => [
      ...(type.description ? [] : [type.name]),
      ...(hasFields(type) || type instanceof GraphQLInputObjectType
        ? Object.values(type.getFields())
            .filter(({ description }) => !description)
            .map(({ name }) => `${type.name}.${name}`)
        : []),
      ...(type instanceof GraphQLEnumType
        ? type
            .getValues()
            .filter(({ description }) => !description)
            .map(({ name }) => `${type.name}.${name}`)
        : []),
    ])
    const args = fieldsOf().flatMap(({ place, field }) =>
      field.args.filter(({ description }) => !description).map(({ name }) => `${place}(${name}:)`),
    )
    expect([...undescribed, ...args]).toEqual([])
  })

  it('pages every connection by a required `first`', () => {
    const connections = fieldsOf().filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'))
    expect(connections.length).toBeGreaterThan(5)
    const lax = connections.filter(({ field }) => !field.args.some(({ name, type }) => name === 'first' && isNonNullType(type)))
    expect(lax.map(({ place }) => place)).toEqual([])
  })

  it('gives every mutation a payload with a refusal', () => {
    const payloads = Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ type }) => getNamedType(type))
    expect(payloads.length).toBeGreaterThan(9)
    for (const payload of payloads) {
      expect(payload.name).toMatch(/Payload$/)
      expect(Object.keys((payload as GraphQLObjectType).getFields())).toContain('refusal')
    }
  })

  it('[R14] has no field for a recording', () => {
    const recording = ['record', 'inspelning'].map((word) => new RegExp(word, 'i'))
    expect(fieldsOf().filter(({ field }) => recording.some((word) => word.test(field.name)))).toEqual([])
  })

  it('hides what is between subgraphs', () => {
    expect(fieldsOf().filter(({ field }) => field.name === 'nodeId' || field.name.startsWith('_'))).toEqual([])
    expect(sdl).not.toMatch(/sandbox/i)
  })
})
