import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Rig, startRig } from './testing/gateway.js'
import { RawSocket } from './testing/raw-socket.js'
import { until } from './testing/until.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig({ INTROSPECTION: 'true' })
})
afterAll(() => rig.stop())
afterEach(() => {
  rig.subgraphs.faults.clear()
  rig.subgraphs.asked.length = 0
  rig.lines.length = 0
})

describe('the error of an invalid request', () => {
  const swedish = { 'accept-language': 'sv' }
  const wrong = {
    GRAPHQL_PARSE_FAILED: ['{ me', {}, 'Frågan kunde inte tolkas.', /^Syntax Error: Expected Name/],
    GRAPHQL_VALIDATION_FAILED: ['{ nobody }', {}, 'Frågan passar inte grafens schema.', /^Cannot query field "nobody"/],
    BAD_USER_INPUT: ['query ($id: ID!) { user(id: $id) { id } }', {}, 'Uppgifterna i anropet stämmer inte.', /^Variable "\$id"/],
    BAD_REQUEST: ['fragment f on User { id }', {}, 'Anropet är inte giltigt.', /^The document has no operation/],
  } as const

  it.each(Object.entries(wrong))(
    'is in Swedish for a Swedish reader, with the detail in English for developers: %s',
    async (code, [query, variables, message, detail]) => {
      const { body } = await rig.ask(query, { variables, headers: swedish })
      expect(body.errors?.[0]).toMatchObject({ message, extensions: { code, detail: expect.stringMatching(detail) } })
      const english = await rig.ask(query, { variables })
      expect(english.body.errors?.[0]?.message).toMatch(detail)
      expect(english.body.errors?.[0]?.extensions).not.toHaveProperty('detail')
    },
  )

  it.each(Object.entries(wrong).filter(([code]) => code !== 'BAD_REQUEST'))(
    'has the same message over a socket: %s',
    async (code, [query, variables, message, detail]) => {
      const raw = new RawSocket(`${rig.gateway.url.replace('http', 'ws')}/graphql`)
      await raw.send({ type: 'connection_init' })
      await until(() => raw.messages.length === 1)
      await raw.subscribe('1', query, variables)
      await until(() => raw.messages.some(({ type }) => type === 'error'))
      expect(raw.messages.at(-1)?.payload).toMatchObject([
        { message, extensions: { code, detail: expect.stringMatching(detail) } },
      ])
      raw.socket.terminate()
    },
  )

  it('keeps the message of graphql-js for a foreign supergraph', async () => {
    const other = await startRig({}, { standalone: true })
    const { body } = await other.ask('{ nobody }', { headers: swedish })
    expect(body.errors?.[0]?.message).toMatch(/^Cannot query field "nobody"/)
    expect(body.errors?.[0]?.extensions).not.toHaveProperty('detail')
    await other.stop()
  })
})

describe('errors as clients see them', () => {
  it('an unexpected failure shows nothing but the request’s id', async () => {
    const { body, headers } = await rig.ask('{ product(upc: "b2") { ... on Book { heavy } } }')
    expect(body.data).toEqual({ product: { heavy: null } })
    expect(body.errors?.[0]).toEqual({
      message: 'Something went wrong on our side.',
      path: ['product', 'heavy'],
      extensions: { code: 'INTERNAL', requestId: headers.get('x-request-id') },
    })
  })

  it('an entity that does not exist is null with an error where the schema demands one', async () => {
    const { body } = await rig.ask('{ reviews { id strict { nick } } }')
    expect(body.data).toBeNull()
    expect(body.errors).toHaveLength(1)
  })

  it('a mutation is sent only once', async () => {
    rig.subgraphs.faults.set('accounts', 'reset')
    await rig.ask('mutation { rename(id: "1", name: "x") { id } }')
    expect(rig.subgraphs.asked).toHaveLength(1)
    await rig.ask('{ me { id } }')
    expect(rig.subgraphs.asked).toHaveLength(3)
  })

  it('the log has ids, durations and codes, and never variables', async () => {
    await rig.ask('query Find($id: ID!) { user(id: $id) { id } }', {
      variables: { id: 'secret-thing' },
      headers: { 'x-request-id': 'request-0001' },
    })
    const line = rig.lines.find((l) => l.msg === 'request')
    expect(line).toMatchObject({
      requestId: 'request-0001',
      status: 200,
      operation: 'Find',
      kind: 'query',
      viewer: { kind: 'ANONYMOUS' },
    })
    expect(line?.fetches).toMatchObject({ accounts: { count: 1 } })
    expect(JSON.stringify(rig.lines)).not.toContain('secret-thing')
    expect(rig.subgraphs.asked.at(-1)?.headers['x-request-id']).toBe('request-0001')
  })

  it('[A5] an id that could be a person’s number is replaced, in the log, for the subgraphs and in the answer', async () => {
    const { headers } = await rig.ask('{ me { id } }', { headers: { 'x-request-id': '19811218-9876' } })
    const made = headers.get('x-request-id')
    expect(made).toMatch(/^[0-9a-f-]{36}$/)
    expect(rig.lines.find((l) => l.msg === 'request')).toMatchObject({ requestId: made })
    expect(rig.subgraphs.asked.at(-1)?.headers['x-request-id']).toBe(made)
    expect(JSON.stringify(rig.lines)).not.toContain('19811218')
  })

  it('a subgraph is told how long the gateway waits', async () => {
    await rig.ask('{ me { id } }')
    expect(Number(rig.subgraphs.asked.at(-1)?.headers['vardgraf-deadline-ms'])).toBeGreaterThan(0)
  })
})
