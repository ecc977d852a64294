import { afterEach, describe, expect, it } from 'vitest'
import { message } from '../testing/chat-graph.js'
import { startRig as startGatewayRig } from '../testing/gateway.js'
import { Listener } from '../testing/listener.js'
import { RawSocket } from '../testing/raw-socket.js'
import { type Rig, startRig } from '../testing/stream-rig.js'
import { until } from '../testing/until.js'

let rig: Rig
const stream = 'subscription ($room: ID!) { message(room: $room) { number } }'

/** A socket that sends `connection_init`; without a token it is anonymous. */
async function open(url: string, token: string | null, headers: Record<string, string> = {}): Promise<RawSocket> {
  const raw = new RawSocket(url, { headers })
  await raw.send({ type: 'connection_init', ...(token !== null && { payload: { authorization: `Bearer ${token}` } }) })
  return raw
}
const from = (address: string) => ({ 'x-test-address': address })
const acknowledged = (sockets: RawSocket[]) => sockets.filter(({ messages }) => messages[0]?.type === 'connection_ack')
const isOpen = ({ socket }: RawSocket) => socket.readyState === socket.OPEN
const settled = (sockets: RawSocket[]) =>
  until(() => sockets.every((each) => each.messages.length > 0 || each.socket.readyState === each.socket.CLOSED))
const end = (sockets: RawSocket[]) => {
  for (const { socket } of sockets) socket.terminate()
}

describe('sockets of an address without login', () => {
  it('do not keep a patient of that address out, with 200 of them over the real gateway', async () => {
    const gateway = await startGatewayRig()
    const url = `${gateway.gateway.url.replace('http', 'ws')}/graphql`
    const sockets = await Promise.all(Array.from({ length: 200 }, () => open(url, null)))
    await settled(sockets)
    expect(acknowledged(sockets)).toHaveLength(100)
    expect(await sockets.find((each) => !isOpen(each))?.closed).toEqual({ code: 4430, reason: 'TOO_MANY_SOCKETS' })
    const patient = await RawSocket.as(url, await gateway.issuer.token())
    await patient.subscribe('1', '{ me { name } }')
    await until(() => patient.next('1').length === 1)
    end([...sockets, patient])
    await gateway.stop()
  })

  it('are counted by the address that a trusted proxy reports, not by what the client writes', async () => {
    const gateway = await startGatewayRig({ TRUSTED_PROXIES: '127.0.0.0/8', STREAM_SOCKETS_PER_ADDRESS: '2' })
    const url = `${gateway.gateway.url.replace('http', 'ws')}/graphql`
    const via = (forwarded: string) => open(url, null, { 'x-forwarded-for': forwarded })
    const flood = await Promise.all(['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((made) => via(`${made}, 198.51.100.1`)))
    await settled(flood)
    expect(acknowledged(flood)).toHaveLength(2)
    const other = await via('198.51.100.2')
    await settled([other])
    expect(acknowledged([other])).toHaveLength(1)
    end([...flood, other])
    await gateway.stop()
  })
})

describe('limits of sockets', () => {
  afterEach(() => rig.stop())

  it('refuse a full address but accept another, until there are too many anonymous sockets in all', async () => {
    rig = await startRig({ socketsPerAddress: 3, anonymousSockets: 5 })
    const one = await Promise.all(Array.from({ length: 5 }, () => open(rig.url, null, from('192.0.2.1'))))
    await settled(one)
    expect(acknowledged(one)).toHaveLength(3)
    const others = await Promise.all([2, 3, 4].map((last) => open(rig.url, null, from(`192.0.2.${last}`))))
    await settled(others)
    expect(acknowledged(others)).toHaveLength(2)
    const patient = await RawSocket.as(rig.url, 'alice', { headers: from('192.0.2.1') })
    end([...one, ...others, patient])
  })

  it('close the oldest silent socket for a new one, so that a flood of silent sockets keeps no viewer out', async () => {
    rig = await startRig({ anonymousSockets: 10 })
    const silent: RawSocket[] = []
    for (let count = 0; count < 30; count++) {
      const raw = new RawSocket(rig.url)
      await new Promise((opened) => raw.socket.once('open', opened))
      silent.push(raw)
    }
    expect(await silent[0]?.closed).toEqual({ code: 4408, reason: 'INIT_TIMEOUT' })
    await until(() => silent.filter(isOpen).length === 10)
    const patient = await RawSocket.as(rig.url, 'alice')
    expect(isOpen(patient)).toBe(true)
    end([...silent, patient])
  })

  it('refuse a viewer’s 1,000th socket, keep her first twenty, and do not affect other viewers', async () => {
    rig = await startRig()
    const hers: RawSocket[] = []
    for (let batch = 0; batch < 10; batch++)
      hers.push(...(await Promise.all(Array.from({ length: 100 }, () => open(rig.url, 'alice')))))
    await settled(hers)
    expect(acknowledged(hers)).toHaveLength(20)
    expect(await hers.at(-1)?.closed).toEqual({ code: 4430, reason: 'TOO_MANY_SOCKETS' })
    const bo = await RawSocket.as(rig.url, 'bo')
    const [first] = acknowledged(hers)
    first?.socket.close()
    await first?.closed
    const again = await RawSocket.as(rig.url, 'alice')
    end([...hers, bo, again])
    await until(() => rig.server.stats().sockets === 0)
  })

  it('count a viewer’s operations over all her sockets', async () => {
    rig = await startRig({ operationsPerViewer: 3 })
    const [one, two] = [await RawSocket.as(rig.url, 'alice,en'), await RawSocket.as(rig.url, 'alice,en')]
    for (const id of ['1', '2']) for (const raw of [one, two]) await raw.subscribe(id, stream, { room: 'r' })
    const refusals = () => [one, two].flatMap(({ messages }) => messages.filter(({ type }) => type === 'error'))
    await until(() => rig.chat.open === 3 && refusals().length === 1)
    expect(refusals()[0]?.payload).toMatchObject([{ extensions: { code: 'TOO_MANY_OPERATIONS', limit: 'viewer' } }])
    const bo = await RawSocket.as(rig.url, 'bo')
    await bo.subscribe('1', stream, { room: 'r' })
    await until(() => rig.chat.open === 4)
    one.socket.terminate()
    await until(() => rig.chat.open < 4)
    await two.subscribe('3', stream, { room: 'r' })
    await until(() => two.messages.filter(({ type }) => type === 'error').length <= 1 && rig.chat.open > 2)
    end([two, bo])
  })

  it('close an unused anonymous socket, but none with an operation and none with a login', async () => {
    rig = await startRig({ anonymousIdleMs: 300 })
    const [idle, used, patient] = [await open(rig.url, null), await open(rig.url, null), await RawSocket.as(rig.url, 'alice')]
    await settled([used])
    await used.subscribe('1', stream, { room: 'r' })
    expect(await idle.closed).toEqual({ code: 4441, reason: 'IDLE' })
    expect([used, patient].map(isOpen)).toEqual([true, true])
    await used.send({ id: '1', type: 'complete' })
    expect(await used.closed).toEqual({ code: 4441, reason: 'IDLE' })
    expect(isOpen(patient)).toBe(true)
    end([patient])
  })
})

describe('the bytes that wait in the process', () => {
  afterEach(() => rig.stop())
  const withAuthor = 'subscription ($room: ID!) { message(room: $room) { number text author { name } } }'
  const text = 'x'.repeat(100_000)
  const numbers = (listener: Listener) =>
    listener.results.map(({ data }) => (data as { message: { number: number } }).message.number)

  it('end only the stream that holds the most of them, whichever stream’s event came last', async () => {
    rig = await startRig({ waitingBytes: 1_000_000 })
    const listen = async (token: string, room: string, query = withAuthor) => {
      const before = rig.chat.open
      const listener = new Listener(rig.client(token), query, { room })
      await until(() => rig.chat.open === before + 1)
      return listener
    }
    const [greedy, modest, live] = [await listen('greedy', 'g'), await listen('modest', 'm'), await listen('live', 'l', stream)]
    const slow = (count: number) => Array.from({ length: count }, (_, index) => message(index + 1, `slow-${index}`, text))
    rig.rooms.post('m', ...slow(2))
    rig.rooms.post('g', ...slow(12))
    rig.rooms.post('l', message(1))
    expect(await greedy.end).toMatchObject({
      errors: [{ extensions: { code: 'STREAM_OVERLOADED', retryable: true, retryAfterMs: expect.any(Number) } }],
    })
    // The events that were sent are complete and in order, so the client can resume after them.
    expect(numbers(greedy)).toEqual(numbers(greedy).map((_, index) => index + 1))
    await until(() => modest.results.length === 2 && live.results.length === 1)
    expect(numbers(modest)).toEqual([1, 2])
    rig.rooms.post('m', message(3))
    await until(() => modest.results.length === 3)
  })

  it('close the socket that holds the most of them when they wait in the socket', async () => {
    rig = await startRig({ waitingBytes: 4_000_000, bufferedBytes: 256 * 1024 * 1024, queuedBytes: 4_000_000 })
    const stalled = await RawSocket.as(rig.url, 'stalled')
    const other = new Listener(rig.client('other'), stream, { room: 'o' })
    const many = 60
    for (let id = 0; id < many; id++) await stalled.subscribe(String(id), 'subscription { message(room: "s") { text } }')
    await until(() => rig.chat.open === many + 1)
    stalled.pause()
    rig.rooms.post('s', message(1, 'ada', 'x'.repeat(300_000)))
    await until(() => rig.server.stats().sockets === 1)
    rig.rooms.post('o', message(1))
    expect(await other.next()).toEqual({ data: { message: { number: 1 } } })
    stalled.resume()
    stalled.socket.terminate()
  })
})
