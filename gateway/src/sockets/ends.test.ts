import { GraphQLError } from 'graphql'
import { afterEach, describe, expect, it } from 'vitest'
import { message } from '../testing/chat-graph.js'
import { Listener } from '../testing/listener.js'
import { RawSocket } from '../testing/raw-socket.js'
import { type Rig, startRig } from '../testing/stream-rig.js'
import { until } from '../testing/until.js'

let rig: Rig
afterEach(() => rig.stop())

const plain = 'subscription ($room: ID!, $after: Int) { message(room: $room, after: $after) { number } }'
const withAuthor =
  'subscription ($room: ID!, $after: Int) { message(room: $room, after: $after) { number text author { name } } }'

const subscribed = async (client: ReturnType<Rig['client']>, room = 'r', query = plain): Promise<Listener> => {
  const before = rig.chat.open
  const listener = new Listener(client, query, { room })
  await until(() => rig.chat.open === before + 1)
  return listener
}

describe('the login', () => {
  it('ends every stream on its socket by 4440 when the clock passes it, and no other', async () => {
    rig = await startRig()
    const short = rig.client('alice,sv,60')
    const [first, second] = [await subscribed(short), await subscribed(short)]
    const long = await subscribed(rig.client('bo,sv,600'))
    rig.clock.set({ version: 1, offsetMs: 61_000, frozenAt: null })
    expect(await first.end).toEqual({ closed: 4440, reason: 'TOKEN_EXPIRED' })
    expect(await second.end).toEqual({ closed: 4440, reason: 'TOKEN_EXPIRED' })
    await until(() => rig.chat.open === 1)
    rig.rooms.post('r', message(1))
    expect(await long.next()).toEqual({ data: { message: { number: 1 } } })
  })

  it('ends streams as real time goes by', async () => {
    rig = await startRig()
    const listener = await subscribed(rig.client('alice,sv,6'))
    expect(await listener.end).toMatchObject({ closed: 4440 })
  })

  it('that has expired closes the socket before anything else is answered', async () => {
    rig = await startRig()
    const raw = await RawSocket.as(rig.url, 'alice,sv,60')
    rig.clock.onJump(() => void raw.subscribe('1', '{ seenBy }'))
    rig.clock.set({ version: 1, offsetMs: 61_000, frozenAt: null })
    expect(await raw.closed).toMatchObject({ code: 4440 })
    expect(raw.next('1')).toEqual([])
  })
})

describe('the subgraph', () => {
  it('[A6] ends a stream with a code that is passed through as it is', async () => {
    rig = await startRig()
    const client = rig.client('alice')
    const [listener, other] = [await subscribed(client), await subscribed(client, 'other')]
    const extensions = { code: 'ACCESS_ENDED', rule: 'A6' }
    rig.rooms.post('r', message(1), { endWith: new GraphQLError('Du har inte längre tillgång till det här.', { extensions }) })
    expect(await listener.next()).toEqual({ data: { message: { number: 1 } } })
    expect(await listener.end).toEqual({ errors: [{ message: 'Du har inte längre tillgång till det här.', extensions }] })
    rig.rooms.post('other', message(2))
    expect(await other.next()).toEqual({ data: { message: { number: 2 } } })
  })

  it('completes a stream after its last event', async () => {
    rig = await startRig()
    const listener = await subscribed(rig.client('alice'), 'r', withAuthor)
    rig.rooms.post('r', message(1, 'slow-ada'), { end: true })
    expect((await listener.next()).data).toMatchObject({ message: { number: 1 } })
    expect(await listener.end).toBe('complete')
  })

  it('dies: its streams end, retryable, the sockets stay, and the cursor loses nothing', async () => {
    rig = await startRig()
    const client = rig.client('alice')
    const [listener, other] = [await subscribed(client), await subscribed(client, 'other')]
    rig.rooms.post('r', message(1))
    await listener.next()
    rig.chat.kill()
    const end = { errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'chat', retryable: true } }] }
    expect(await listener.end).toMatchObject(end)
    expect(await other.end).toMatchObject(end)
    rig.rooms.post('r', message(2), message(3))
    const resumed = new Listener(client, plain, { room: 'r', after: 1 })
    expect(await resumed.next()).toEqual({ data: { message: { number: 2 } } })
    expect(await resumed.next()).toEqual({ data: { message: { number: 3 } } })
  })

  it('restarts: subscribers wait for it meanwhile', async () => {
    rig = await startRig()
    await rig.chat.stop()
    const listeners = Array.from({ length: 20 }, () => new Listener(rig.client('alice'), plain, { room: 'r' }))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await rig.startChat()
    rig.rooms.post('r', message(1))
    for (const listener of listeners) expect(await listener.next()).toEqual({ data: { message: { number: 1 } } })
    expect(rig.chat.sockets()).toBe(1)
  })

  it('stays away: the subscriber is told in time', async () => {
    rig = await startRig({}, { openTimeoutMs: 200 })
    await rig.chat.stop()
    const listener = new Listener(rig.client('alice,en'), plain, { room: 'r' })
    const message = 'A part of the service does not answer now. Call 112 in an emergency.'
    expect(await listener.end).toMatchObject({
      errors: [{ message, extensions: { code: 'SUBGRAPH_UNAVAILABLE', retryable: true } }],
    })
    await rig.startChat()
  })
})

describe('a slow', () => {
  const big = 'x'.repeat(64 * 1024)

  /** Subscribes again from its cursor whenever the stream ends with a retryable error, until it has the event `last`. */
  const readOn = async (client: ReturnType<Rig['client']>, after: number, last: number, query = plain): Promise<number[]> => {
    const numbers: number[] = []
    while ((numbers.at(-1) ?? after) < last) {
      const listener = new Listener(client, query, { room: 'r', after: numbers.at(-1) ?? after })
      try {
        while ((numbers.at(-1) ?? after) < last) numbers.push(numberOf(await listener.next()))
      } catch {
        expect(await listener.end).toMatchObject({ errors: [{ extensions: { code: 'STREAM_OVERLOADED', retryable: true } }] })
      }
      listener.stop()
    }
    return numbers
  }
  const numberOf = (result: unknown): number => (result as { data: { message: { number: number } } }).data.message.number
  const between = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index)

  it('consumer is closed by 4442 instead of losing events, its streams end upstream, and others go on', async () => {
    rig = await startRig({ queuedEvents: 20, stallMs: 300 })
    const slow = await RawSocket.as(rig.url, 'slow')
    await slow.subscribe('1', 'subscription { message(room: "r") { number text } }')
    await until(() => rig.chat.open === 1)
    const quick = await subscribed(rig.client('quick'))
    slow.pause()
    let number = 0
    while (rig.chat.open === 2 && number < 2_000) {
      rig.rooms.post('r', message(++number, 'ada', big))
      expect(await quick.next()).toEqual({ data: { message: { number } } })
    }
    expect(rig.chat.open).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    slow.resume()
    expect(await slow.closed).toEqual({ code: 4442, reason: 'SLOW_CONSUMER' })
    const seen = slow.next('1').map(numberOf)
    expect(seen.length).toBeGreaterThan(0)
    expect([...seen, ...(await readOn(rig.client('slow'), seen.length, number))]).toEqual(between(1, number))
  })

  it('consumer that reads again in time gets what was queued, and resumes', async () => {
    rig = await startRig({ queuedEvents: 20 })
    const slow = await RawSocket.as(rig.url, 'slow')
    await slow.subscribe('1', 'subscription { message(room: "r") { number text } }')
    await until(() => rig.chat.open === 1)
    const quick = await subscribed(rig.client('quick'))
    slow.pause()
    let number = 0
    while (rig.chat.open === 2 && number < 2_000) {
      rig.rooms.post('r', message(++number, 'ada', big))
      await quick.next()
    }
    slow.resume()
    await until(() => slow.messages.some(({ type }) => type === 'error'))
    expect(slow.messages.at(-1)).toMatchObject({ payload: [{ extensions: { code: 'STREAM_OVERLOADED', retryable: true } }] })
    const seen = slow.next('1').map(numberOf)
    expect([...seen, ...(await readOn(rig.client('slow'), seen.length, number))]).toEqual(between(1, number))
    slow.socket.terminate()
  })

  it('consumer that never reads again is cut off', async () => {
    rig = await startRig({ queuedEvents: 20, stallMs: 300, closeTimeoutMs: 200 })
    const slow = await RawSocket.as(rig.url, 'slow')
    await slow.subscribe('1', 'subscription { message(room: "r") { number text } }')
    await until(() => rig.chat.open === 1)
    const pace = await subscribed(rig.client('quick'))
    slow.pause()
    for (let number = 1; rig.chat.open === 2 && number < 2_000; number++) {
      rig.rooms.post('r', message(number, 'ada', big))
      await pace.next()
    }
    await until(() => rig.server.stats().sockets === 1)
    expect(rig.server.stats()).toEqual({ sockets: 1, operations: 1 })
    slow.socket.terminate()
  })

  it('client that reads no pongs fills no memory', async () => {
    rig = await startRig({ bufferedBytes: 64 * 1024, closeTimeoutMs: 200 })
    const slow = await RawSocket.as(rig.url, 'slow')
    slow.pause()
    const ping = { type: 'ping', payload: { big: 'x'.repeat(32 * 1024) } }
    for (let sent = 0; rig.server.stats().sockets > 0 && sent < 2_000; sent++) {
      if (slow.socket.readyState === slow.socket.OPEN) await slow.send(ping)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await until(() => rig.server.stats().sockets === 0)
    slow.socket.terminate()
  })

  it('client keeps its other streams when an event is too large for any queue', async () => {
    rig = await startRig({ queuedBytes: 100_000 })
    const client = rig.client('alice')
    const [large, other] = [await subscribed(client, 'r', withAuthor), await subscribed(client, 'other')]
    rig.rooms.post('r', message(1, 'ada', 'x'.repeat(100_000)))
    expect(await large.end).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }] })
    rig.rooms.post('other', message(1))
    expect(await other.next()).toEqual({ data: { message: { number: 1 } } })
  })

  it('subgraph that completes events ends only that stream, and every attempt makes progress', async () => {
    rig = await startRig({ queuedEvents: 5 })
    const client = rig.client('alice')
    const other = await subscribed(client, 'other')
    rig.rooms.post('r', ...between(1, 20).map((number) => message(number, `slow-${number}`)))
    expect(await readOn(client, 0, 20, withAuthor)).toEqual(between(1, 20))
    rig.rooms.post('other', message(1))
    expect(await other.next()).toEqual({ data: { message: { number: 1 } } })
  })

  it('replay of more events than any queue holds comes to its end, in order, each once', async () => {
    rig = await startRig({ queuedEvents: 50 })
    rig.rooms.post('r', ...between(1, 1_000).map((number) => message(number)))
    expect(await readOn(rig.client('alice'), 0, 1_000)).toEqual(between(1, 1_000))
  })
})

describe('the client', () => {
  it('unsubscribes, and the subgraph ends the subscription', async () => {
    rig = await startRig()
    const listener = await subscribed(rig.client('alice'))
    listener.stop()
    await until(() => rig.chat.open === 0)
  })

  it('goes away, and all its streams end at the subgraph', async () => {
    rig = await startRig()
    const raw = await RawSocket.as(rig.url, 'alice')
    for (let id = 0; id < 10; id++) await raw.subscribe(String(id), plain, { room: 'r' })
    await until(() => rig.chat.open === 10)
    raw.socket.terminate()
    await until(() => rig.chat.open === 0)
    expect(rig.server.stats()).toEqual({ sockets: 0, operations: 0 })
  })

  it('uses an id again at once: the new operation is the only one with it', async () => {
    rig = await startRig()
    const raw = await RawSocket.as(rig.url, 'alice')
    await raw.subscribe('1', withAuthor, { room: 'old' })
    await until(() => rig.chat.open === 1)
    rig.rooms.post('old', message(1, 'slow-ada'))
    await until(() => rig.people.asked.length === 1)
    void raw.send({ id: '1', type: 'complete' })
    void raw.subscribe('1', plain, { room: 'new' })
    rig.rooms.post('new', message(7))
    await until(() => raw.next('1').length === 1)
    rig.rooms.post('old', message(2))
    rig.rooms.post('new', message(8))
    await until(() => raw.next('1').length === 2)
    await until(() => rig.chat.open === 1)
    expect(raw.next('1')).toEqual([{ data: { message: { number: 7 } } }, { data: { message: { number: 8 } } }])
    expect(raw.messages.filter(({ type }) => type === 'complete' || type === 'error')).toEqual([])
  })

  it('leaves nothing behind after 200 subscriptions, and idle upstream sockets close', async () => {
    rig = await startRig({}, { idleMs: 50 })
    const client = rig.client('alice')
    for (let round = 0; round < 10; round++) {
      const listeners = Array.from({ length: 20 }, () => new Listener(client, withAuthor, { room: 'r' }))
      if (round % 2 === 0) await until(() => rig.chat.open > 10)
      if (round % 3 === 0) rig.rooms.post('r', message(round, 'slow-ada'))
      for (const listener of listeners) listener.stop()
    }
    await until(() => rig.chat.open === 0 && rig.server.stats().operations === 0)
    await until(() => Object.values(rig.upstreams.stats()).every(({ sockets, operations }) => sockets + operations === 0))
    await until(() => rig.chat.sockets() === 0)
  })
})

describe('the gateway', () => {
  it('takes a new supergraph into use without ending a stream', async () => {
    rig = await startRig()
    const client = rig.client('alice')
    const old = await subscribed(client, 'r', withAuthor)
    rig.reload()
    const young = await subscribed(client, 'r', withAuthor)
    rig.rooms.post('r', message(1))
    expect(await old.next()).toEqual(await young.next())
  })

  it('stops: operations under way are answered, then each client is told another time to come back', async () => {
    rig = await startRig()
    const idle = await subscribed(rig.client('alice'))
    const busy = await RawSocket.as(rig.url, 'bo')
    await busy.subscribe('w', 'mutation { slowWrite(ms: 300) }')
    await busy.subscribe('s', plain, { room: 'r' })
    await until(() => rig.chat.asked.length === 3)
    const drained = rig.server.drain()
    expect(await idle.end).toMatchObject({ closed: 1012, reason: expect.stringMatching(/^SERVICE_RESTART retryAfterMs=\d+$/) })
    await busy.subscribe('late', '{ seenBy }')
    expect(await busy.closed).toMatchObject({ code: 1012 })
    expect(busy.next('w')).toEqual([{ data: { slowWrite: 'done' } }])
    expect(busy.messages.find(({ id }) => id === 'late')).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'SERVICE_RESTART' } }],
    })
    await drained
    const refused = new RawSocket(rig.url)
    const status = new Promise((resolve) =>
      refused.socket.once('unexpected-response', (_, response) => resolve(response.statusCode)),
    )
    expect(await status).toBe(503)
  })

  it('lets a mutation finish though its sender left', async () => {
    rig = await startRig()
    const raw = await RawSocket.as(rig.url, 'bo')
    await raw.subscribe('w', 'mutation { slowWrite(ms: 100) }')
    await until(() => rig.chat.asked.length === 1)
    raw.socket.terminate()
    await until(() => rig.written === 1)
    await until(() => rig.server.stats().sockets === 0)
  })

  it('drops a client that does not answer pings, and keeps one that does', async () => {
    rig = await startRig({ pingEveryMs: 60 })
    const dead = await RawSocket.as(rig.url, 'dead', { autoPong: false })
    const alive = await subscribed(rig.client('alice'))
    expect(await dead.closed).toMatchObject({ code: 1006 })
    await new Promise((resolve) => setTimeout(resolve, 200))
    rig.rooms.post('r', message(1))
    expect(await alive.next()).toEqual({ data: { message: { number: 1 } } })
  })
})
