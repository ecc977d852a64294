import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGateway } from '../app.js'
import { readConfig } from '../config.js'
import { type AskOptions, type Rig, startRig } from '../testing/gateway.js'
import { shopSupergraph } from '../testing/shop.js'
import { defaultLimits } from './limits.js'
import { Operations } from './operations.js'
import { PlanTooCostly } from './planning.js'
import { loadGraph } from './supergraph.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.stop())

const nested = (depth: number): string => `{ me ${'{ friends '.repeat(depth)} { id } ${'}'.repeat(depth)} }`
const many = (count: number, text: (i: number) => string): string => Array.from({ length: count }, (_, i) => text(i)).join(' ')

describe('an operation that asks for too much is refused before it is planned', () => {
  const cases: [string, string, string, AskOptions['variables']?][] = [
    ['OPERATION_TOO_DEEP', 'depth', nested(20)],
    [
      'OPERATION_TOO_DEEP',
      'depth',
      `{ me { ...A } } fragment A on User { friends { ...B } } fragment B on User ${'{ friends '.repeat(14)} { id } ${'}'.repeat(14)}`,
    ],
    ['OPERATION_TOO_LARGE', 'tokens', `{ me { ${'id '.repeat(5_000)} } }`],
    ['OPERATION_TOO_COMPLEX', 'aliases', `{ me { ${many(101, (i) => `a${i}: id`)} } }`],
    ['OPERATION_TOO_COMPLEX', 'rootFields', `{ ${many(21, (i) => `a${i}: me { id }`)} }`],
    ['OPERATION_TOO_COMPLEX', 'directives', `{ me { id ${'@include(if: true) '.repeat(61)} } }`],
    [
      'OPERATION_TOO_COMPLEX',
      'fields',
      // Ten fragments, each twice the one before: a thousand and more fields in a few lines.
      `{ me { ...F11 } } fragment F0 on User { id name } ${many(11, (i) => `fragment F${i + 1} on User { ...F${i} friends { ...F${i} } }`)}`,
    ],
    ['OPERATION_TOO_COMPLEX', 'pageSize', '{ users(first: 101) { id } }'],
    ['OPERATION_TOO_COMPLEX', 'pageSize', 'query ($n: Int) { users(first: $n) { id } }', { n: 500 }],
    ['OPERATION_TOO_COMPLEX', 'pageSize', 'query ($n: Int = 500) { users(first: $n) { id } }'],
  ]
  it.each(cases)('%s by %s', async (code, limit, query, variables) => {
    const { status, body } = await rig.ask(query, {
      ...(variables && { variables }),
      headers: { accept: 'application/graphql-response+json' },
    })
    expect(status).toBe(400)
    expect(body.data).toBeUndefined()
    expect(body.errors?.[0]?.extensions).toMatchObject({ code, limit })
    expect(body.errors?.[0]?.message).not.toBe('')
  })

  it('passes at the limit', async () => {
    const { body } = await rig.ask(`{ me { ${many(100, (i) => `a${i}: id`)} } users(first: 100) { id } }`)
    expect(body.errors).toBeUndefined()
  })

  it('by bytes, announced or not', async () => {
    const { status, body } = await rig.ask(`{ me { id } } # ${'x'.repeat(300_000)}`)
    expect(status).toBe(413)
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 'bodyBytes' })
  })

  it('one that takes too long to plan is refused, stays cached as refused, and delays no other', async () => {
    const graph = loadGraph(shopSupergraph(), { planMs: 1, maxEvaluatedPlans: 1_000_000 })
    const operations = new Operations(graph, { limits: defaultLimits, introspection: true })
    const costly = `{ users { ${many(30, (i) => `f${i}: friends { signature reviews { author { signature friends { signature } } } }`)} } }`
    const refused = await operations.prepare(costly, undefined).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      errors: [{ extensions: { code: 'OPERATION_TOO_COMPLEX', limit: 'planning' } }],
      cause: expect.any(PlanTooCostly),
    })
    // The same error, not another attempt.
    await expect(operations.prepare(costly, undefined)).rejects.toBe(refused)
    await graph.planner.close()
  })
})

describe('what is not served', () => {
  it.each([
    ['a batch', [{ query: '{ me { id } }' }]],
    ['no query', { variables: {} }],
  ])('%s', async (_, body) => {
    const response = await fetch(`${rig.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(400)
  })

  it('a subscription over HTTP', async () => {
    const { status, body } = await rig.ask('subscription { renamed { id } }')
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST'])
  })

  it('a mutation by GET, or a GET that another site makes a browser send', async () => {
    const get = (query: string, headers = {}) =>
      fetch(`${rig.gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers })
    expect((await get('{ me { id } }')).status).toBe(200)
    expect((await get('mutation { rename(id: "1", name: "x") { id } }')).status).toBe(405)
    expect((await get('{ me { id } }', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await get('{ me { id } }', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await get('{ me { id } }', { origin: rig.gateway.url })).status).toBe(200)
  })

  it('a form of another site', async () => {
    const response = await fetch(`${rig.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"{ me { id } }"}',
    })
    expect(response.status).toBe(415)
  })

  it('introspection, where it is switched off', async () => {
    const { body } = await rig.ask('{ __schema { queryType { name } } }')
    expect(body.errors?.[0]?.extensions.code).toBe('INTROSPECTION_DISABLED')
    expect((await rig.ask('{ me { __typename } }')).body.data).toEqual({ me: { __typename: 'User' } })
  })

  it('names of the schema that the client did not write', async () => {
    const { body } = await rig.ask('query ($s: Style) { m { id } me { nick(style: $s) nam reviews(star: 1) { id } } }')
    expect(JSON.stringify(body)).not.toMatch(/Did you mean/i)
    const variable = await rig.ask('query ($s: Style) { me { nick(style: $s) } }', { variables: { s: 'SHRT' } })
    expect(variable.body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(JSON.stringify(variable.body)).not.toMatch(/SHORT|Did you mean/)
    const headers = { 'accept-language': 'sv' }
    const swedish = await rig.ask('query ($s: Style) { m { id } me { nick(style: $s) nam } }', {
      headers,
      variables: { s: 'SHRT' },
    })
    expect(JSON.stringify(swedish.body)).toMatch(/"detail":"Cannot query field/)
    expect(JSON.stringify(swedish.body)).not.toMatch(/SHORT|Did you mean/)
  })

  it('reserved names', async () => {
    expect((await rig.ask('{ __proto__: me { id } }')).status).toBe(200)
    expect((await rig.ask('{ __proto__: me { id } }')).body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    expect((await rig.ask('{ constructor: me { toString: name valueOf: id } }')).body.data).toEqual({
      constructor: { toString: 'Ada', valueOf: '1' },
    })
  })

  it('@defer', async () => {
    expect((await rig.ask('{ me { ... @defer { id } } }')).body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })
})

describe('production', () => {
  const env = {
    NODE_ENV: 'production',
    OIDC_ISSUER: 'https://issuer.example',
    SERVICE_KEY: '{}',
    PRINCIPALS_URL: 'https://patients.example',
  }
  it('refuses to run without authentication', () => {
    expect(() => readConfig(['--insecure-no-auth'], env)).toThrow('Production does not start with --insecure-no-auth')
  })
  it('refuses any setting of the sandbox', () => {
    expect(() => readConfig([], { ...env, SANDBOX_LOGIN_URL: 'http://localhost:4005' })).toThrow('SANDBOX_LOGIN_URL')
    expect(() => readConfig([], { ...env, SANDBOX_CLOCK_URL: 'http://localhost:4005' })).toThrow('SANDBOX_CLOCK_URL')
  })
  it('names what is missing', () => {
    expect(() => readConfig([], {})).toThrow(/OIDC_ISSUER[\s\S]*SERVICE_KEY/)
  })
  it('has introspection and the page switched off unless they are set', () => {
    expect(readConfig([], env).settings).toMatchObject({ INTROSPECTION: false, GRAPHIQL: false, CORS_ORIGINS: '' })
  })
  it('does not start over a supergraph that is not valid', async () => {
    const config = readConfig(['--insecure-no-auth', '--supergraph', import.meta.filename, '--port', '0'], { NODE_ENV: 'test' })
    await expect(
      startGateway(config, { key: null, clock: rig.clock, log: (await import('pino')).pino({ level: 'silent' }) }),
    ).rejects.toThrow()
  })
})
