import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { message } from '../testing/chat-graph.js'
import { Listener } from '../testing/listener.js'
import { type Rig, startRig } from '../testing/stream-rig.js'
import { until } from '../testing/until.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.stop())

const withAuthor =
  'subscription ($room: ID!, $after: Int) { message(room: $room, after: $after) { number text author { name seenBy } } }'
const plain = 'subscription ($room: ID!, $after: Int) { message(room: $room, after: $after) { number } }'

describe('events', () => {
  it('are completed from another subgraph, in the order they were posted', async () => {
    const listener = new Listener(rig.client('alice'), withAuthor, { room: 'joined' })
    rig.rooms.post('joined', message(1, 'slow-ada'), message(2, 'bo'))
    expect(await listener.next()).toEqual({
      data: { message: { number: 1, text: 'm1', author: { name: 'Name of slow-ada', seenBy: 'alice sv' } } },
    })
    expect((await listener.next()).data).toMatchObject({ message: { number: 2, author: { name: 'Name of bo' } } })
    listener.stop()
  })

  it('resume after a cursor, each once', async () => {
    rig.rooms.post('resumed', message(1), message(2), message(3))
    const listener = new Listener(rig.client('alice'), plain, { room: 'resumed', after: 1 })
    expect(await listener.next()).toEqual({ data: { message: { number: 2 } } })
    expect(await listener.next()).toEqual({ data: { message: { number: 3 } } })
    listener.stop()
  })

  it('carry the identity and language of each subscriber, though they share one upstream socket', async () => {
    const viewers = ['vera', 'wim,en', 'xi', 'ylva,en', 'zoe'].map(
      (token) => new Listener(rig.client(token), withAuthor, { room: 'shared' }),
    )
    await until(() => rig.chat.open === 5)
    expect(rig.chat.sockets()).toBe(1)
    rig.rooms.post('shared', message(1), message(2))
    const seen = await Promise.all(viewers.map(async (viewer) => [await viewer.next(), await viewer.next()]))
    const names = seen.map((events) =>
      events.map(({ data }) => (data as { message: { author: { seenBy: string } } }).message.author.seenBy),
    )
    expect(names).toEqual([
      ['vera sv', 'vera sv'],
      ['wim en', 'wim en'],
      ['xi sv', 'xi sv'],
      ['ylva en', 'ylva en'],
      ['zoe sv', 'zoe sv'],
    ])
    const upstream = rig.chat.asked
      .slice(-5)
      .map(({ viewer, language }) => `${'personId' in viewer && viewer.personId} ${language}`)
    expect(upstream.sort()).toEqual(['vera sv', 'wim en', 'xi sv', 'ylva en', 'zoe sv'])
    for (const viewer of viewers) viewer.stop()
  })

  it('are each fetched with a fresh signature, long after the subscription began', async () => {
    const listener = new Listener(rig.client('alice'), withAuthor, { room: 'hours' })
    await until(() => rig.chat.open === 1)
    rig.clock.set({ version: 1, offsetMs: 20 * 60_000, frozenAt: null })
    rig.rooms.post('hours', message(1))
    expect((await listener.next()).errors).toBeUndefined()
    rig.clock.set({ version: 2, offsetMs: 0, frozenAt: null })
    listener.stop()
  })

  it('start with no errors and no data of the event before', async () => {
    const listener = new Listener(rig.client('alice'), withAuthor, { room: 'fresh' })
    rig.rooms.post('fresh', message(1, 'broken'), message(2, 'broken'), message(3, 'ada'), { value: null }, message(5, 'gone'))
    const failed = await listener.next()
    expect(failed.data).toEqual({ message: { number: 1, text: 'm1', author: { name: null, seenBy: 'alice sv' } } })
    expect(failed.errors).toMatchObject([{ path: ['message', 'author', 'name'], extensions: { code: 'FORBIDDEN' } }])
    expect((await listener.next()).errors).toHaveLength(1)
    expect(await listener.next()).toEqual({
      data: { message: { number: 3, text: 'm3', author: { name: 'Name of ada', seenBy: 'alice sv' } } },
    })
    expect(await listener.next()).toEqual({ data: { message: null } })
    expect(await listener.next()).toMatchObject({ data: { message: { number: 5, author: { name: null, seenBy: null } } } })
    listener.stop()
  })

  it.each([
    ['is nothing', { value: null }],
    ['failed', { error: new Error('secret') }],
  ])('without any data are never sent: one that %s ends its stream with the error', async (_what, event) => {
    const certain = 'subscription ($room: ID!) { certain(room: $room) { number } }'
    const room = `certain ${_what}`
    const listener = new Listener(rig.client('alice'), certain, { room })
    rig.rooms.post(room, message(1), event, message(3))
    expect(await listener.next()).toEqual({ data: { certain: { number: 1 } } })
    expect(await listener.end).toMatchObject({ errors: [{ path: ['certain'] }] })
    expect(listener.results).toHaveLength(1)
  })

  it('that need a subgraph that is away end their stream with a retryable error, and are complete after a reconnect', async () => {
    const query = 'subscription ($room: ID!, $after: Int) { message(room: $room, after: $after) { number sender { mustName } } }'
    const listener = new Listener(rig.client('alice'), query, { room: 'later' })
    rig.rooms.post('later', message(1), message(2, 'away'))
    expect(await listener.next()).toMatchObject({ data: { message: { number: 1 } } })
    expect(await listener.end).toMatchObject({ errors: [{ extensions: { code: 'TRY_AGAIN_LATER', retryable: true } }] })
    expect(listener.results).toHaveLength(1)
    const later = new Listener(rig.client('alice'), query, { room: 'later', after: 1 })
    expect(await later.next()).toEqual({ data: { message: { number: 2, sender: { mustName: 'Name of away' } } } })
    later.stop()
  })

  it('carry nulls up to the nearest place that may be null', async () => {
    const query = 'subscription ($room: ID!) { message(room: $room) { number sender { mustName } } }'
    const listener = new Listener(rig.client('alice'), query, { room: 'nulls' })
    rig.rooms.post('nulls', message(1, 'broken'), message(2, 'gone'), message(3))
    expect(await listener.next()).toMatchObject({
      data: { message: null },
      errors: [{ path: ['message', 'sender', 'mustName'] }],
    })
    expect(await listener.next()).toMatchObject({ data: { message: null } })
    expect(await listener.next()).toEqual({ data: { message: { number: 3, sender: { mustName: 'Name of ada' } } } })
    listener.stop()
  })
})

describe('the upstream sockets', () => {
  it('are as many as the operations need up to the limit; then each takes more operations', async () => {
    const small = await startRig({}, { operationsPerSocket: 10, socketsPerSubgraph: 3 })
    const clients = [small.client('alice'), small.client('bo')]
    const listeners = Array.from(
      { length: 40 },
      (_, index) => new Listener(clients[index % 2] ?? small.client('x'), plain, { room: 'r' }),
    )
    await until(() => small.chat.open === 40)
    expect(small.chat.sockets()).toBe(3)
    small.rooms.post('r', message(1))
    for (const listener of listeners) expect(await listener.next()).toEqual({ data: { message: { number: 1 } } })
    await small.stop()
  })
})

describe('the stock client', () => {
  it('that keeps its cursor in the payload gets each event once and in order, however the stream ends', async () => {
    let logins = 0
    const client = rig.client('', {
      retryAttempts: 20,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 10)),
      connectionParams: () => ({ authorization: `Bearer alice,sv,${60 + 60 * logins++}` }),
    })
    const variables = { room: 'recipe', after: 0 }
    const numbers: number[] = []
    const subscribe = (): (() => void) =>
      client.subscribe<{ message: { number: number } }>(
        { query: plain, variables },
        {
          next: ({ data }) => {
            if (!data) return
            numbers.push(data.message.number)
            variables.after = data.message.number
          },
          error: (errors) => {
            const [{ extensions }] = errors as [{ extensions: { retryable?: boolean } }]
            if (extensions.retryable) stop = subscribe()
          },
          complete: () => {},
        },
      )
    let stop = subscribe()
    const post = async (...some: number[]): Promise<void> => {
      rig.rooms.post('recipe', ...some.map((number) => message(number)))
      await until(() => numbers.length === some.at(-1))
    }
    await post(1, 2)
    rig.clock.set({ version: 3, offsetMs: 61_000, frozenAt: null })
    await post(3, 4)
    expect(logins).toBe(2)
    rig.chat.kill()
    await post(5)
    rig.rooms.post('recipe', message(6))
    rig.chat.kill()
    await post(7, 8)
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    stop()
    rig.clock.set({ version: 4, offsetMs: 0, frozenAt: null })
  })
})
