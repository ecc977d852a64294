import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { composeServices } from '@apollo/composition'
import { GraphError, isErrorCode, textOf } from '@vardgraf/errors'
import { createLogger, MovableClock } from '@vardgraf/process'
import { type PatientViewer, signingKey, signViewer, trustedKeys, VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'
import { type FormattedExecutionResult, type GraphQLError, type GraphQLFormattedError, parse } from 'graphql'
import { type Client, type ClientOptions, createClient } from 'graphql-ws'
import { exportJWK, generateKeyPair } from 'jose'
import { WebSocket } from 'ws'
import { Subgraphs } from '../executor/upstream.js'
import { defaultLimits } from '../limits.js'
import { Operations } from '../operations.js'
import { federatedOperations } from '../subscriptions/federated.js'
import type { Identity, Ports, Requester } from '../subscriptions/ports.js'
import { defaultStreamServerOptions, StreamServer, type StreamServerOptions } from '../subscriptions/server.js'
import { defaultUpstreamOptions, type UpstreamOptions, Upstreams } from '../subscriptions/upstreams.js'
import { type Graph, loadGraph } from '../supergraph.js'
import { federated, Rooms, resolve, startSubgraph, type TestContext, type TestSubgraph } from './stream-subgraphs.js'

const chatSdl = federated(`
  type Query { chatReady: Boolean }
  type Mutation { slowWrite(ms: Int!): String }
  type Subscription { message(room: ID!, after: Int): Message  certain(room: ID!): Message! }
  type Message { number: Int! text: String! author: Person  sender: Person! }
  type Person @key(fields: "id") { id: ID! }
`)
const peopleSdl = federated(`
  type Query { person(id: ID!): Person  seenBy: String! }
  type Person @key(fields: "id") { id: ID! name: String  mustName: String!  seenBy: String  friend: Person }
`)

/** A message as it is posted into a room. */
export const message = (number: number, author = 'ada', text = `m${number}`) => {
  const person = { __typename: 'Person', id: author }
  return { value: { number, text, author: person, sender: person } }
}

export interface Rig {
  url: string
  chat: TestSubgraph
  people: TestSubgraph
  rooms: Rooms
  clock: MovableClock
  server: StreamServer
  upstreams: Upstreams
  /** What the chat subgraph's `slowWrite` finished. */
  written: number
  startChat(): Promise<void>
  /** Takes a newly composed supergraph into use. */
  reload(): void
  client(token: string, options?: Partial<ClientOptions>): Client
  stop(): Promise<void>
}

/** `alice` or `alice,en` or `alice,sv,60`: person, language, seconds until the login ends. */
function identityOf(token: string, now: Date): Identity {
  const [personId = '', language = 'sv', seconds = '1800'] = token.split(',')
  const sessionExpiresAt = Math.floor(now.getTime() / 1000) + Number(seconds)
  const viewer: Viewer = personId === '' ? { kind: 'ANONYMOUS' } : { kind: 'PATIENT', personId, sessionExpiresAt }
  const standing = (at: Date) => (personId === '' || at.getTime() < sessionExpiresAt * 1000 ? 'GOOD' : 'ENDED')
  return { viewer, standing, language: language === 'en' ? 'en' : 'sv' }
}

const seenBy = (_parent: unknown, _args: unknown, { viewer, language }: TestContext): string =>
  `${(viewer as PatientViewer).personId ?? 'anonymous'} ${language}`

/** The gateway's streams over two real subgraphs. */
export async function startRig(
  options: Partial<StreamServerOptions> = {},
  upstreamOptions: Partial<UpstreamOptions> = {},
): Promise<Rig> {
  const clock = new MovableClock()
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const kid = 'gateway.test'
  const key = await signingKey(JSON.stringify({ ...(await exportJWK(pair.privateKey)), kid }))
  const trusted = await trustedKeys(JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid }] }))
  const rooms = new Rooms()
  const common = { trusted, now: () => clock.now() }

  const startChat = (port?: number): Promise<TestSubgraph> =>
    startSubgraph({
      ...common,
      name: 'chat',
      sdl: chatSdl,
      ...(port !== undefined && { port }),
      implement: (schema, subgraph) => {
        for (const name of ['message', 'certain']) {
          const field = schema.getSubscriptionType()?.getFields()[name]
          if (!field) throw new Error(name)
          field.subscribe = (_root: unknown, { room, after }: { room: string; after?: number }) => {
            subgraph.open += 1
            return rooms.follow(room, after ?? 0, () => {
              subgraph.open -= 1
            })
          }
          field.resolve = (post: { value?: unknown; error?: Error }) => {
            if (post.error) throw post.error
            return post.value
          }
        }
        resolve(schema, 'Mutation', 'slowWrite', async (_, { ms }: { ms: number }) => {
          await new Promise((done) => setTimeout(done, ms))
          rig.written += 1
          return 'done'
        })
      },
    })
  let seenAway = false
  const people = await startSubgraph({
    ...common,
    name: 'people',
    sdl: peopleSdl,
    implement: (schema) => {
      const person = (id: string) => ({ __typename: 'Person', id })
      resolve(schema, 'Query', '_entities', (_, { representations }: { representations: { id: string }[] }) =>
        representations.map(({ id }) => (id === 'gone' ? null : person(id))),
      )
      resolve(schema, 'Query', 'person', (_, { id }: { id: string }) => person(id))
      const name = async ({ id }: { id: string }) => {
        if (id === 'broken') throw new GraphError('FORBIDDEN')
        if (id === 'away' && !seenAway) {
          seenAway = true
          throw new GraphError('TRY_AGAIN_LATER')
        }
        if (id.startsWith('slow')) await new Promise((done) => setTimeout(done, 200))
        return `Name of ${id}`
      }
      resolve(schema, 'Person', 'name', name)
      resolve(schema, 'Person', 'mustName', name)
      resolve(schema, 'Person', 'seenBy', seenBy)
      resolve(schema, 'Query', 'seenBy', seenBy)
    },
  })
  const chat = await startChat()

  const graphs: Graph[] = []
  const load = (): Operations => {
    const { supergraphSdl, errors } = composeServices([
      { name: 'chat', url: chat.url, typeDefs: parse(chatSdl) },
      { name: 'people', url: people.url, typeDefs: parse(peopleSdl) },
    ])
    if (!supergraphSdl) throw new Error(String(errors))
    const graph = loadGraph(supergraphSdl, { planMs: 10_000, maxEvaluatedPlans: 1_000 })
    graphs.push(graph)
    return new Operations(graph, { limits: { ...defaultLimits, depth: 5 }, introspection: true })
  }
  let operations = load()
  const subgraphs = new Subgraphs(operations.graph.urls)

  const sign = (identity: Identity, service: string): string => signViewer(identity.viewer, service, key, clock.now())
  const outward = (error: GraphQLError | GraphQLFormattedError, { language }: Requester): GraphQLFormattedError => {
    const code = error.extensions?.code
    const { message, path, extensions } = 'toJSON' in error ? error.toJSON() : error
    return {
      message: message || (isErrorCode(code) ? textOf(code, language) : ''),
      ...(path && { path }),
      ...(extensions && { extensions }),
    }
  }
  const ports: Ports = {
    authenticate: async ({ authorization = '', acceptLanguage }) => {
      const token = authorization.replace(/^Bearer /, '')
      if (token === 'forged') throw new GraphError('UNAUTHENTICATED')
      if (token === 'weak') throw new GraphError('FORBIDDEN')
      if (token === 'unsure') throw new Error('the issuer does not answer')
      const identity = identityOf(token, clock.now())
      return acceptLanguage === 'en' ? { ...identity, language: 'en' } : identity
    },
    prepare: federatedOperations({
      operations: () => operations,
      subgraphs,
      headers: (identity) => (service) => [
        'content-type',
        'application/json',
        VIEWER_HEADER,
        sign(identity, service),
        'accept-language',
        identity.language,
      ],
      outward,
    }),
    signedExtensions: (identity, service) => ({
      [VIEWER_HEADER]: sign(identity, service),
      'accept-language': identity.language,
    }),
    outward,
  }

  const upstreams = new Upstreams({ ...defaultUpstreamOptions, ...upstreamOptions })
  const log = createLogger('rig', process.env.LOG_LEVEL ?? 'silent')
  const server = new StreamServer({
    ports,
    upstreams,
    admits: ({ origin }) => origin !== 'https://evil.example',
    addressOf: ({ headers }) => String(headers['x-test-address'] ?? '127.0.0.1'),
    clock,
    log,
    options: { ...defaultStreamServerOptions, ...options },
  })
  const http = createServer((_, response) => response.writeHead(404).end())
  server.attach(http)
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  const clients: Client[] = []

  const rig: Rig = {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
    chat,
    people,
    rooms,
    clock,
    server,
    upstreams,
    written: 0,
    startChat: async () => {
      rig.chat = await startChat(Number(new URL(rig.chat.url).port))
    },
    reload: () => {
      operations = load()
    },
    client: (token, more) => {
      const connectionParams = { authorization: `Bearer ${token}` }
      const client = createClient({ url: rig.url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams, ...more })
      clients.push(client)
      return client
    },
    stop: async () => {
      for (const client of clients) await client.dispose()
      await server.drain()
      upstreams.stop()
      http.closeAllConnections()
      await new Promise((closed) => http.close(closed))
      await Promise.all(graphs.map((graph) => graph.planner.close()))
      await Promise.all([rig.chat.stop(), people.stop()])
    },
  }
  return rig
}

/** What one subscription received; `next` waits for the next message, `end` for its end. */
export class Listener {
  readonly results: FormattedExecutionResult[] = []
  readonly end: Promise<'complete' | { errors: readonly GraphQLFormattedError[] } | { closed: number; reason: string }>
  readonly stop: () => void
  private readonly waiting: (() => void)[] = []
  private taken = 0

  constructor(client: Client, query: string, variables: Record<string, unknown> = {}) {
    const ended = Promise.withResolvers<Awaited<Listener['end']>>()
    this.end = ended.promise
    this.stop = client.subscribe(
      { query, variables },
      {
        next: (result) => {
          this.results.push(result as FormattedExecutionResult)
          for (const wake of this.waiting.splice(0)) wake()
        },
        error: (error) => ended.resolve(describe(error)),
        complete: () => ended.resolve('complete'),
      },
    )
  }

  async next(): Promise<FormattedExecutionResult> {
    for (;;) {
      const result = this.results[this.taken]
      if (result) {
        this.taken += 1
        return result
      }
      const woken = new Promise<void>((resolve) => this.waiting.push(resolve))
      const end = await Promise.race([woken, this.end])
      if (end) throw new Error(`ended: ${JSON.stringify(end)}`)
    }
  }
}

/** A socket without a client: says what it likes. */
export class RawSocket {
  readonly messages: { type: string; id?: string; payload?: unknown }[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly socket: WebSocket

  constructor(url: string, options: ConstructorParameters<typeof WebSocket>[2] = {}, protocol = 'graphql-transport-ws') {
    this.socket = new WebSocket(url, protocol, options)
    this.socket.on('message', (data) => this.messages.push(JSON.parse(String(data))))
    this.socket.on('error', () => {})
    this.closed = new Promise((resolve) => this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })))
  }

  /** Connects as a user and waits for the acknowledgement. */
  static async as(url: string, token: string, options?: ConstructorParameters<typeof WebSocket>[2]): Promise<RawSocket> {
    const raw = new RawSocket(url, options)
    await raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })
    await until(() => raw.messages.some(({ type }) => type === 'connection_ack'))
    return raw
  }

  async send(message: unknown): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await new Promise((opened) => this.socket.once('open', opened))
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): Promise<void> {
    return this.send({ id, type: 'subscribe', payload: { query, variables } })
  }

  /** The payloads of an operation's `next` messages. */
  next(id: string): unknown[] {
    return this.messages.filter((message) => message.type === 'next' && message.id === id).map(({ payload }) => payload)
  }

  /** Stops reading, as a client that hangs. */
  pause(): void {
    this.socket.pause()
  }

  resume(): void {
    this.socket.resume()
  }
}

function describe(error: unknown): Awaited<Listener['end']> {
  if (Array.isArray(error)) return { errors: error }
  const { code, reason } = error as { code?: number; reason?: string }
  if (code !== undefined) return { closed: code, reason: reason ?? '' }
  throw error
}

/** Waits until it is so. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
