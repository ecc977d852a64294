import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  graphql,
} from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { createVardgrafClient, type Document, type VardgrafClient, VardgrafError } from './index.js'

type Ticks = { ticks: { cursor: string; n: number } }
const ticks = 'subscription ($after: String) { ticks(after: $after) { cursor n } }' as Document<Ticks, { after?: string | null }>
const state = 'subscription { ticks { n } }' as Document<Ticks, { after?: string | null }>

/** A table of ticks, and a stream of them from a cursor, as the graph's streams are. */
class Graph {
  readonly table: number[] = []
  readonly starts: (string | undefined)[] = []
  readonly seen: { authorization?: string | undefined; language?: string | undefined }[] = []
  failure: GraphQLError | null = null
  /** What `passing` answers, in order. */
  passing: string[] = []
  private waiting = new Set<() => void>()
  private http: Server | null = null
  private sockets: WebSocketServer | null = null
  port = 0

  add(count: number): void {
    for (let i = 0; i < count; i += 1) this.table.push(this.table.length + 1)
    for (const wake of this.waiting) wake()
  }

  async start(): Promise<void> {
    const schema = this.schema()
    this.http = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk) => chunks.push(chunk))
      request.on('end', async () => {
        const { query, variables } = JSON.parse(Buffer.concat(chunks).toString())
        const { authorization, 'accept-language': language } = request.headers
        this.seen.push({ authorization, language })
        response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })))
      })
    })
    this.sockets = new WebSocketServer({ server: this.http, path: '/graphql' })
    useServer({ schema, onConnect: ({ connectionParams }) => void this.seen.push(connectionParams ?? {}) }, this.sockets)
    await new Promise<void>((resolve) => this.http?.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.http.address() as AddressInfo).port
  }

  /** Ends every connection without a word, as a killed process does; with a code, as one that stops. */
  drop(code?: number, reason?: string): void {
    for (const socket of this.sockets?.clients ?? []) code ? socket.close(code, reason) : socket.terminate()
  }

  async stop(): Promise<void> {
    this.drop()
    this.sockets?.close()
    this.http?.closeAllConnections()
    await new Promise((resolve) => this.http?.close(resolve))
  }

  private schema(): GraphQLSchema {
    const tick = new GraphQLObjectType({
      name: 'Tick',
      fields: { cursor: { type: new GraphQLNonNull(GraphQLString) }, n: { type: new GraphQLNonNull(GraphQLInt) } },
    })
    const subscribe = (_root: unknown, { after }: { after?: string }) => {
      this.starts.push(after)
      if (this.failure) {
        const failure = this.failure
        this.failure = null
        throw failure
      }
      return this.follow(Number(after ?? 0))
    }
    const passing = {
      type: GraphQLString,
      args: { input: { type: new GraphQLInputObjectType({ name: 'In', fields: { idempotencyKey: { type: GraphQLString } } }) } },
      resolve: () => {
        const answer = this.passing.shift()
        if (answer === 'away')
          throw new GraphQLError('away', { extensions: { code: 'TRY_AGAIN_LATER', retryable: true, retryAfterMs: 5 } })
        if (answer === 'broken') throw new GraphQLError('no', { extensions: { code: 'INTERNAL', requestId: 'request-0001' } })
        return answer
      },
    }
    return new GraphQLSchema({
      mutation: new GraphQLObjectType({ name: 'Mutation', fields: { passing } }),
      query: new GraphQLObjectType({
        name: 'Query',
        fields: {
          passing,
          hello: { type: GraphQLString, resolve: () => 'hej' },
          broken: {
            type: GraphQLString,
            resolve: () => {
              throw new GraphQLError('nej', { extensions: { code: 'NOT_FOUND' } })
            },
          },
        },
      }),
      subscription: new GraphQLObjectType({
        name: 'Subscription',
        fields: { ticks: { type: tick, args: { after: { type: GraphQLString } }, subscribe } },
      }),
    })
  }

  private async *follow(from: number) {
    for (let place = from; ; ) {
      while (place < this.table.length) {
        place += 1
        if (this.table[place - 1] === -1) return
        yield { ticks: { cursor: String(place), n: place } }
      }
      await new Promise<void>((resolve) => this.waiting.add(resolve))
    }
  }
}

describe('the client', () => {
  let server: Graph
  let client: VardgrafClient
  beforeEach(async () => {
    server = new Graph()
    await server.start()
    client = createVardgrafClient({
      url: `http://127.0.0.1:${server.port}/graphql`,
      token: async () => 'abc',
      language: 'en',
      bufferedEvents: 50,
    })
  })
  afterEach(async () => {
    await client.close()
    await server.stop()
  })

  const take = async (count: number, each?: (n: number) => unknown, stream = client.subscribe(ticks)): Promise<number[]> => {
    const got: number[] = []
    for await (const { data } of stream) {
      got.push(data.ticks.n)
      await each?.(data.ticks.n)
      if (got.length === count) break
    }
    return got
  }
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

  it('asks with the token and the language, and gives the data', async () => {
    expect(await client.request('{ hello }' as Document<{ hello: string }, Record<string, never>>)).toEqual({ hello: 'hej' })
    expect(server.seen).toEqual([{ authorization: 'Bearer abc', language: 'en' }])
  })

  it('throws the code of an error, or gives it beside the data', async () => {
    const broken = '{ hello broken }' as Document<{ hello: string; broken: string | null }, Record<string, never>>
    await expect(client.request(broken)).rejects.toMatchObject({ name: 'VardgrafError', code: 'NOT_FOUND', message: 'nej' })
    expect(await client.execute(broken)).toMatchObject({
      data: { hello: 'hej', broken: null },
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    })
  })

  it.each([
    ['a query', '{ passing }', {}, ['away', 'away', 'there']],
    [
      'a mutation with a key',
      'mutation ($input: In) { passing(input: $input) }',
      { input: { idempotencyKey: 'k' } },
      ['away', 'there'],
    ],
  ])('sends %s again after an error that says so', async (_what, document, variables, answers) => {
    server.passing = [...answers]
    const data = await client.request(document as Document<{ passing: string }, object>, variables)
    expect(data).toEqual({ passing: 'there' })
    expect(server.seen).toHaveLength(answers.length)
  })

  it.each([
    ['a mutation without a key', 'mutation { passing }', {}, 1],
    ['what stays away', '{ passing }', {}, 3],
  ])('gives up on %s, and says that it may be tried again', async (_what, document, variables, times) => {
    server.passing = ['away', 'away', 'away', 'away']
    const failed = client.request(document as Document<{ passing: string }, object>, variables)
    await expect(failed).rejects.toMatchObject({ code: 'TRY_AGAIN_LATER', retryable: true, retryAfterMs: 5 })
    expect(server.seen).toHaveLength(times)
  })

  it('tells the id to ask support about', async () => {
    server.passing = ['broken']
    const failed = client.request('{ passing }' as Document<{ passing: string }, object>, {})
    await expect(failed).rejects.toMatchObject({ code: 'INTERNAL', retryable: false, requestId: 'request-0001' })
  })

  it('throws NETWORK when nobody answers', async () => {
    await server.stop()
    await expect(client.request(ticks, {})).rejects.toMatchObject({ code: 'NETWORK' })
  })

  it('streams events as they come', async () => {
    setTimeout(() => server.add(3), 50)
    expect(await take(3)).toEqual([1, 2, 3])
    expect(server.seen).toEqual([{ authorization: 'Bearer abc', acceptLanguage: 'en' }])
  })

  it('loses nothing and repeats nothing when the connection breaks, again and again', async () => {
    server.add(1)
    const got = await take(40, (n) => {
      if (n % 10 === 0) server.drop()
      setTimeout(() => server.add(1), 5)
    })
    expect(got).toEqual(upTo(40))
    expect(server.starts.length).toBeGreaterThan(3)
  })

  it('comes back when the server was away for a while', async () => {
    server.add(2)
    const got = await take(4, async (n) => {
      if (n !== 2) return
      await server.stop()
      setTimeout(() => void server.start().then(() => server.add(2)), 300)
    })
    expect(got).toEqual([1, 2, 3, 4])
  })

  it('waits as long as a stopping server asks', async () => {
    server.add(1)
    const started = performance.now()
    await take(2, () => {
      server.drop(1012, 'SERVICE_RESTART retryAfterMs=700')
      server.add(1)
    })
    expect(performance.now() - started).toBeGreaterThan(690)
  })

  it('pauses a stream that its listener cannot follow, and resumes it from the cursor', async () => {
    server.add(1_000)
    const got = await take(1_000, (n) => (n % 100 === 0 ? new Promise((resolve) => setTimeout(resolve, 5)) : null))
    expect(got).toEqual(upTo(1_000))
    expect(server.starts.length).toBeGreaterThan(5)
  })

  it('subscribes again after an error that says so, behind the last event', async () => {
    server.failure = new GraphQLError('away', { extensions: { code: 'SUBGRAPH_UNAVAILABLE', retryable: true, retryAfterMs: 20 } })
    server.add(2)
    expect(await take(2)).toEqual([1, 2])
    expect(server.starts).toHaveLength(2)
  })

  it('throws when access has ended', async () => {
    server.failure = new GraphQLError('no', { extensions: { code: 'ACCESS_ENDED' } })
    await expect(take(1)).rejects.toMatchObject({ code: 'ACCESS_ENDED' })
  })

  it.each([
    [4401, 'UNAUTHENTICATED', 'is not believed'],
    [4403, 'FORBIDDEN', 'may not be used here'],
  ])('throws when the login is refused with %i %s: it %s', async (code, name) => {
    server.add(1)
    const reading = take(2, () => server.drop(code, name))
    await expect(reading).rejects.toEqual(expect.objectContaining({ code: name }))
    expect(await reading.catch((error: unknown) => error)).toBeInstanceOf(VardgrafError)
  })

  it('starts behind a cursor that was kept from another day', async () => {
    server.add(5)
    expect(await take(2, undefined, client.subscribe(ticks, { after: '3' }))).toEqual([4, 5])
  })

  it('ends quietly when aborted, when completed and when closed', async () => {
    const abort = new AbortController()
    server.add(1)
    expect(await take(9, () => abort.abort(), client.subscribe(ticks, {}, { signal: abort.signal }))).toEqual([1])
    server.table.push(-1)
    expect(await take(9)).toEqual([1])
    server.table.pop()
    expect(await take(9, () => void client.close())).toEqual([1])
  })

  it('follows a stream that has no cursors', async () => {
    server.add(2)
    const cursors: (string | null)[] = []
    for await (const { cursor } of client.subscribe(state)) if (cursors.push(cursor) === 2) break
    expect(cursors).toEqual([null, null])
  })
})
