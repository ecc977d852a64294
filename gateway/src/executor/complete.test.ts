import fc from 'fast-check'
import { buildSchema, execute, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { compileShape } from '../plan/shape.js'
import type { Json, JsonObject } from '../upstream/json.js'
import { applyShape } from './complete.js'

const schema = buildSchema(`
  type Query { a: Node  b: Node!  list: [Node!]  grid: [[Node]!]!  any: [Any]  n: Int  color: Color }
  type Node { id: ID!  n: Int  s: String!  child: Node  strict: Node!  children: [Node!]!  maybe: [Node]  color: Color! }
  type Other { id: ID!  f: Float! }
  union Any = Node | Other
  enum Color { RED BLUE }
`)
const inner = 'id n s color child { id strict { s } } maybe { s n }'
const document = parse(`
  query ($yes: Boolean!) {
    a { ${inner} strict { ...F } children { id s } }
    b { s }
    list { ...F ... on Node { n @include(if: $yes) } }
    grid { s }
    any { __typename ... on Node { s } ... on Other { f } }
    n
    color
  }
  fragment F on Node { id s child { id } }
`)
const operation = document.definitions[0] as never

const { node, query } = fc.letrec<{ node: JsonObject; query: JsonObject }>((tie) => {
  const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 12 })
  const color = fc.constantFrom('RED', 'BLUE', 'BLUE', 'HIDDEN')
  const child = fc.oneof({ depthSize: 'small', maxDepth: 3 }, fc.constant(null), tie('node') as fc.Arbitrary<Json>)
  return {
    node: fc.record({
      __typename: fc.constant('Node'),
      id: sometimes(fc.constantFrom('1', '2')),
      n: sometimes(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(1.5))),
      s: sometimes(fc.constant('x')),
      color: sometimes(color),
      child,
      strict: child,
      children: sometimes(fc.array(child, { maxLength: 2 })),
      maybe: sometimes(fc.array(child, { maxLength: 2 })),
    }) as fc.Arbitrary<JsonObject>,
    query: fc.record({
      a: sometimes(tie('node')),
      b: fc.option(tie('node'), { nil: null, freq: 40 }),
      list: sometimes(fc.array(sometimes(tie('node')), { maxLength: 3 })),
      grid: fc.array(sometimes(fc.array(sometimes(tie('node')), { maxLength: 2 })), { maxLength: 2 }),
      any: sometimes(
        fc.array(
          sometimes(
            fc.oneof(
              tie('node'),
              fc.record({ __typename: fc.constant('Other'), id: fc.constant('3'), f: sometimes(fc.constant(0.5)) }),
            ),
          ),
          { maxLength: 3 },
        ),
      ),
      n: sometimes(fc.constant(3)),
      color: sometimes(color),
    }) as fc.Arbitrary<JsonObject>,
  }
})

describe('the answer in the shape of the operation', () => {
  it('carries nulls up exactly as graphql-js does', () => {
    let nulled = 0
    fc.assert(
      fc.property(query, fc.boolean(), (data, yes) => {
        const variables = { yes }
        const reference = execute({
          schema,
          document,
          rootValue: data,
          variableValues: variables,
          typeResolver: (value) => (value as JsonObject).__typename as string,
        })
        const shaped = applyShape(compileShape(schema, document, operation, variables), data, new Set())
        const expected = reference as { data: unknown; errors?: unknown[] }
        expect(shaped.data).toEqual(JSON.parse(JSON.stringify(expected.data)))
        expect(shaped.misfits.length > 0).toBe(expected.errors !== undefined)
        if (shaped.data === null) nulled += 1
      }),
      { numRuns: 500 },
    )
    expect(nulled).toBeGreaterThan(0)
  })

  it('does not change its input, and drops fields that were not asked for', () => {
    fc.assert(
      fc.property(node, (a) => {
        const data = { a, b: { s: 'x', id: '1', secret: 1 }, grid: [], extra: true }
        const before = JSON.stringify(data)
        const shaped = applyShape(compileShape(schema, document, operation, { yes: true }), data, new Set())
        expect(JSON.stringify(data)).toBe(before)
        expect(JSON.stringify(shaped.data)).not.toMatch(/secret|extra/)
      }),
    )
  })

  it('says nothing about an entity that its owner does not have, where the schema lets it be null', () => {
    const a = { __typename: 'Node' }
    const data = { a, b: { s: 'x' }, grid: [] }
    const shape = compileShape(schema, document, operation, { yes: true })
    expect(applyShape(shape, data, new Set([a]))).toMatchObject({ data: { a: null }, misfits: [] })
    expect(applyShape(shape, data, new Set()).misfits).toHaveLength(1)
  })
})
