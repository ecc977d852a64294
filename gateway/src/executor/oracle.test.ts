import { operationFromDocument, Supergraph } from '@apollo/federation-internals'
import { buildOperationContext, executeQueryPlan } from '@apollo/gateway'
import { QueryPlanner } from '@apollo/query-planner'
import fc from 'fast-check'
import { type ExecutionResult, type GraphQLSchema, parse } from 'graphql'
import { afterAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '../plan/limits.js'
import { Operations } from '../plan/operations.js'
import { loadGraph } from '../plan/supergraph.js'
import { answerOf, LocalSubgraphs } from '../testing/local.js'
import { operationOf } from '../testing/operations.js'
import { shopSchemas, shopSupergraph } from '../testing/shop.js'
import { execute } from './execute.js'

// Our executor against the stock one: the same supergraph, the same subgraphs, thousands of operations.

const schemas = shopSchemas()
const sdl = shopSupergraph()
const graph = loadGraph(sdl, { planMs: 20_000, maxEvaluatedPlans: 2_000 })
const unlimited = {
  ...defaultLimits,
  tokens: 100_000,
  depth: 100,
  fields: 100_000,
  aliases: 10_000,
  rootFields: 1_000,
  directives: 10_000,
  fetches: 10_000,
  pageSize: 0,
  pagedObjects: 0,
}
const operations = new Operations(graph, { limits: unlimited, introspection: true })
const supergraph = Supergraph.build(sdl)
const planner = new QueryPlanner(supergraph)
const supergraphSchema = supergraph.schema.toGraphQLJSSchema()
afterAll(() => graph.planner.close())

async function ours(source: string, variables: Record<string, unknown> = {}): Promise<ExecutionResult> {
  const operation = await operations.prepare(source, undefined)
  const subgraphs = new LocalSubgraphs(schemas)
  return JSON.parse(
    JSON.stringify(await execute({ operation, variables, coerced: operation.coerce(variables), subgraphs, headers: () => [] })),
  )
}

async function stock(source: string, variables: Record<string, unknown> = {}): Promise<ExecutionResult> {
  const document = parse(source)
  const plan = planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema(), document))
  const services = Object.fromEntries(
    [...schemas.keys()].map((name) => [
      name,
      { process: ({ request }: { request: { query: string } }) => answerOf(schemas, name, request) },
    ]),
  )
  const context = buildOperationContext({ schema: graph.apiSchema as GraphQLSchema, operationDocument: document })
  const requestContext = { request: { variables }, metrics: {}, context: {}, logger: console }
  const result = await executeQueryPlan(
    plan,
    services as never,
    requestContext as never,
    context,
    supergraphSchema,
    supergraph.apiSchema(),
    {},
  )
  return JSON.parse(JSON.stringify(result))
}

async function agree(source: string, variables: Record<string, unknown> = {}): Promise<void> {
  const [mine, theirs] = await Promise.all([ours(source, variables), stock(source, variables)])
  expect(mine.data, source).toEqual(theirs.data)
  // Errors of subgraphs are the same; what does not fit the schema is an error for us and only a remark for them.
  const fromSubgraphs = (result: ExecutionResult) =>
    new Set((result.errors ?? []).filter((e) => e.extensions?.code !== 'INVALID_GRAPHQL').map((e) => e.message))
  expect(fromSubgraphs(mine), source).toEqual(fromSubgraphs(theirs))
}

describe('answers as the stock executor', () => {
  it.each([
    '{ me { id name nick reviews { body product { title } } } }',
    '{ users { id signature friends { name signature reviews { stars } } } }',
    '{ users { grid { id signature address { zip } } } }',
    '{ topProducts { upc title ... on Book { heavy reviews { author { name nick } } } ... on Lamp { bulb { watt kind } } } }',
    '{ search(text: "b1") { __typename ... on Book { pages heavy } ... on Shop { id manager { name signature } sells { upc title } } } }',
    '{ account(id: "a1") { __typename id label balance history { body } ... on Personal { owner { name } } } }',
    '{ account(id: "a2") { balance ... on Company { seats history { id } } } }',
    '{ reviews { id strict { name } product { title heavy } } }',
    '{ reviews { strict { nick } } }',
    '{ user(id: "3") { signature nick(style: LONG) } }',
    'mutation { rename(id: "2", name: "Eva") { name signature } review(upc: "b1", body: "x") { author { name } product { title } } }',
    'mutation { a: rename(id: "1", name: "A") { name } r: review(upc: "b1", body: "y") { id } b: rename(id: "1", name: "B") { name reviews { id } } }',
    '{ __typename me { __typename t: __typename } }',
    '{ me { id } __schema { queryType { name } } __type(name: "User") { name } }',
  ])('%s', (source) => agree(source))

  it('with conditions by variable, for every value', async () => {
    const source = `query ($a: Boolean!, $b: Boolean = false) {
      me { name @include(if: $a) reviews @skip(if: $a) { body } ... @include(if: $b) { signature friends { reviews { id } } } }
      topProducts @include(if: $b) { upc ... on Book @skip(if: $a) { heavy } }
    }`
    for (const a of [true, false])
      for (const b of [true, false, undefined]) await agree(source, { a, ...(b !== undefined && { b }) })
  })

  it('and values that the API schema hides are null without an error', async () => {
    expect(await ours('{ users { id style } }')).toEqual({
      data: {
        users: [
          { id: '1', style: 'LONG' },
          { id: '2', style: null },
          { id: '3', style: 'LONG' },
        ],
      },
    })
    await agree('{ users { id style } }')
  })

  it('for any query', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), (seed) => agree(operationOf(graph.apiSchema, seed))),
      { numRuns: 120 },
    )
  })

  it('for any mutation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), (seed) => agree(operationOf(graph.apiSchema, seed, 'mutation'))),
      { numRuns: 25 },
    )
  })
})
