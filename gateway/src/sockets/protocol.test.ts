import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { message } from '../testing/chat-graph.js'
import { Listener } from '../testing/listener.js'
import { RawSocket } from '../testing/raw-socket.js'
import { type Rig, startRig } from '../testing/stream-rig.js'
import { until } from '../testing/until.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig(
    {
      initTimeoutMs: 200,
      operationsPerSocket: 5,
      maxMessageBytes: 16_384,
    },
    { maxSubscribeBytes: 12_000 },
  )
})
afterAll(() => rig.stop())

const stream = 'subscription { message(room: "r") { number } }'

describe('connecting', () => {
  it.each([
    ['an invalid token', 'forged', 4401, 'UNAUTHENTICATED'],
    ['a login that may not be used here', 'weak', 4403, 'FORBIDDEN'],
    ['a login that cannot be checked now', 'unsure', 1013, 'TRY_AGAIN_LATER'],
    ['a login that has expired', 'alice,sv,-1', 4440, 'TOKEN_EXPIRED'],
  ])('with %s ends without an acknowledgement', async (_, token, code, reason) => {
    const raw = new RawSocket(rig.url)
    await raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })
    expect(await raw.closed).toEqual({ code, reason })
    expect(raw.messages).toEqual([])
  })

  it('takes the token and the language from the upgrade, and connection_init wins', async () => {
    const headers = { authorization: 'Bearer alice', 'accept-language': 'en' }
    const answerOf = async (payload?: object): Promise<unknown> => {
      const raw = new RawSocket(rig.url, { headers })
      await raw.send({ type: 'connection_init', ...(payload && { payload }) })
      await until(() => raw.messages.length === 1)
      await raw.subscribe('1', '{ seenBy }')
      await until(() => raw.next('1').length === 1)
      return raw.next('1')[0]
    }
    expect(await answerOf()).toEqual({ data: { seenBy: 'alice en' } })
    expect(await answerOf({ authorization: 'Bearer bo', acceptLanguage: 'sv' })).toEqual({ data: { seenBy: 'bo sv' } })
  })

  it.each([
    ['an Origin that is not allowed', '/graphql', { origin: 'https://evil.example' }, 403],
    ['another path', '/other', {}, 404],
  ])('from %s is refused by status', async (_, path, options, status) => {
    const raw = new RawSocket(rig.url.replace('/graphql', path), options)
    const refused = new Promise((resolve) =>
      raw.socket.once('unexpected-response', (__, response) => resolve(response.statusCode)),
    )
    expect(await refused).toBe(status)
    raw.socket.terminate()
  })

  it('from an Origin that is allowed is let in', async () => {
    const raw = await RawSocket.as(rig.url, 'alice', { origin: 'https://vard.example' })
    raw.socket.terminate()
  })

  it('without connection_init in time is closed', async () => {
    expect(await new RawSocket(rig.url).closed).toEqual({ code: 4408, reason: 'INIT_TIMEOUT' })
  })

  it.each([
    ['a second connection_init', [{ type: 'connection_init' }], 4429],
    ['two live operations with one id', [1, 2].map(() => ({ id: '1', type: 'subscribe', payload: { query: stream } })), 4409],
    ['text that is no JSON', ['hello'], 4400],
    ['a message without a type', [{ id: '1' }], 4400],
    ['a message that only servers send', [{ type: 'connection_ack' }], 4400],
    ['subscribe without a query', [{ id: '1', type: 'subscribe', payload: {} }], 4400],
    ['a message above the limit', [{ type: 'ping', payload: { big: 'x'.repeat(20_000) } }], 1009],
  ])('and %s is closed', async (_, messages, code) => {
    const raw = await RawSocket.as(rig.url, 'alice')
    for (const one of messages) await raw.send(one)
    expect((await raw.closed).code).toBe(code)
  })

  it('and an operation before the acknowledgement is closed', async () => {
    const raw = new RawSocket(rig.url)
    await raw.subscribe('1', '{ seenBy }')
    expect(await raw.closed).toEqual({ code: 4401, reason: 'UNAUTHENTICATED' })
  })

  it('by another subprotocol is closed', async () => {
    const raw = new RawSocket(rig.url, {}, 'graphql-ws')
    raw.socket.on('unexpected-response', () => {})
    // ws, as a client, refuses a server that accepts none of its protocols before it reads the close.
    expect([4406, 1006]).toContain((await raw.closed).code)
  })

  it('answers pings with what they carried', async () => {
    const raw = await RawSocket.as(rig.url, 'alice')
    await raw.send({ type: 'ping', payload: { n: 1 } })
    await until(() => raw.messages.length === 2)
    expect(raw.messages[1]).toEqual({ type: 'pong', payload: { n: 1 } })
    raw.socket.terminate()
  })
})

describe('operations', () => {
  /** The codes of the errors that ended it. */
  const refusalOf = async (query: string): Promise<unknown[]> => {
    const end = await new Listener(rig.client('alice'), query).end
    return typeof end === 'object' && 'errors' in end ? [...new Set(end.errors.map(({ extensions }) => extensions?.code))] : [end]
  }

  it('may be queries and mutations', async () => {
    const query = new Listener(rig.client('alice'), '{ seenBy person(id: "ada") { name } }')
    expect(await query.next()).toEqual({ data: { seenBy: 'alice sv', person: { name: 'Name of ada' } } })
    expect(await query.end).toBe('complete')
    expect(await new Listener(rig.client('alice'), 'mutation { slowWrite(ms: 1) }').next()).toEqual({
      data: { slowWrite: 'done' },
    })
  })

  it.each([
    ['that cannot be parsed', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['that do not fit the schema', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'with two root fields',
      'subscription { message(room: "r") { number } certain(room: "r") { number } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'with @skip on the root field',
      'subscription { message(room: "r") @skip(if: true) { number } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'with @include on the root field',
      'subscription { ... @include(if: true) { message(room: "r") { number } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['with @defer', 'subscription { ... @defer { message(room: "r") { number } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['with variables that do not fit', 'subscription ($room: ID!) { message(room: $room) { number } }', 'BAD_USER_INPUT'],
    ['that are too deep', '{ person(id: 1) { friend { friend { friend { friend { name } } } } } }', 'OPERATION_TOO_DEEP'],
    ['that are too large', `{ ${'a '.repeat(4_100)} }`, 'OPERATION_TOO_LARGE'],
    ['with too many aliases', `{ ${Array.from({ length: 200 }, (_, i) => `a${i}: seenBy`).join(' ')} }`, 'OPERATION_TOO_COMPLEX'],
  ])('%s are refused by the same rules as over HTTP', async (_, query, code) => {
    expect(await refusalOf(query)).toEqual([code])
    expect(rig.chat.open).toBe(0)
  })

  it('that are too large for the subgraph are refused, and no other stream ends', async () => {
    const other = new Listener(rig.client('other'), 'subscription { message(room: "large") { number } }')
    await until(() => rig.chat.open === 1)
    const query = 'subscription ($room: ID!) { message(room: $room) { number } }'
    const end = await new Listener(rig.client('alice'), query, { room: 'å'.repeat(7_000) }).end
    expect(end).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_TOO_LARGE' } }] })
    rig.rooms.post('large', message(1))
    expect(await other.next()).toEqual({ data: { message: { number: 1 } } })
    other.stop()
    await until(() => rig.chat.open === 0)
  })

  it('above the limit of the socket are refused, also when the others were completed but still run', async () => {
    const raw = await RawSocket.as(rig.url, 'alice,en')
    for (let id = 0; id < 5; id++) {
      await raw.subscribe(String(id), 'mutation { slowWrite(ms: 150) }')
      if (id > 2) await raw.send({ id: String(id), type: 'complete' })
    }
    await raw.subscribe('5', '{ seenBy }')
    await until(() => raw.next('0').length === 1)
    expect(raw.messages.find(({ id }) => id === '5')).toEqual({
      id: '5',
      type: 'error',
      payload: [
        {
          message: 'Too many operations at once.',
          extensions: { code: 'TOO_MANY_OPERATIONS', unlock: 'End one of them first.', limit: 'socket', max: 5 },
        },
      ],
    })
    expect(raw.messages.filter(({ id }) => id === '4')).toEqual([])
    await raw.subscribe('6', '{ seenBy }')
    await until(() => raw.next('6').length === 1)
    raw.socket.terminate()
  })
})

describe('whatever a client sends', () => {
  const id = fc.constantFrom('1', '2', '__proto__', 'constructor')
  const query = fc.constantFrom(
    stream,
    'subscription { message(room: "r") { number author { name } } }',
    '{ seenBy }',
    'mutation { slowWrite(ms: 1) }',
    '{',
    '',
    '{ __typename }',
    'subscription { __typename }',
    'query A { seenBy } query B { seenBy }',
  )
  const payload = fc.record(
    {
      query,
      variables: fc.oneof(fc.jsonValue(), fc.constant({ room: 'r' })),
      operationName: fc.oneof(fc.constant('A'), fc.jsonValue()),
      extensions: fc.jsonValue(),
    },
    { requiredKeys: ['query'] },
  )
  const sent = fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant('subscribe'), id, payload: payload as fc.Arbitrary<unknown> }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('complete'), id }) },
    fc.record({ type: fc.constantFrom('ping', 'pong'), payload: fc.jsonValue() }),
    fc.record({
      type: fc.constantFrom('connection_init', 'next', 'error', 'connection_ack', 'toString'),
      id,
      payload: fc.jsonValue(),
    }),
    fc.record({ type: fc.jsonValue(), id: fc.jsonValue(), payload: fc.jsonValue() }),
    fc.jsonValue(),
    fc.string(),
    fc.uint8Array({ maxLength: 40 }),
  )

  it('the gateway goes on, serves other clients, and nothing of it stays', async () => {
    const other = new Listener(rig.client('other'), stream)
    await until(() => rig.chat.open === 1)
    let posted = 0
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(sent, { maxLength: 12 }), async (init, messages) => {
        const raw = init ? await RawSocket.as(rig.url, 'mallory') : new RawSocket(rig.url)
        for (const one of messages) {
          if (raw.socket.readyState > raw.socket.OPEN) break
          await raw.send(
            one instanceof Uint8Array || typeof one === 'string' ? (one as string) : (JSON.stringify(one) ?? 'undefined'),
          )
        }
        rig.rooms.post('r', message(++posted))
        expect(await other.next()).toEqual({ data: { message: { number: posted } } })
        raw.socket.terminate()
        const { code } = await raw.closed
        // Only codes that the client's own messages explain, or the cut by this test; never 4500.
        expect([1002, 1006, 1007, 4400, 4401, 4409, 4429]).toContain(code)
      }),
      { numRuns: 300 },
    )
    await until(() => rig.server.stats().operations === 1 && rig.chat.open === 1)
    expect(rig.server.stats().operations).toBe(1)
    other.stop()
  })
})
