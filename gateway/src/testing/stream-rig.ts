import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger, MovableClock } from '@vardgraf/process'
import { signingKey, trustedKeys } from '@vardgraf/viewer'
import { type Client, type ClientOptions, createClient } from 'graphql-ws'
import { exportJWK, generateKeyPair } from 'jose'
import { WebSocket } from 'ws'
import { execute } from '../executor/execute.js'
import { ViewerHeaders } from '../login/viewer.js'
import { Pipeline } from '../pipeline.js'
import { defaultLimits } from '../plan/limits.js'
import { Operations } from '../plan/operations.js'
import { type Graph, loadGraph } from '../plan/supergraph.js'
import { defaultStreamServerOptions, StreamServer, type StreamServerOptions } from '../sockets/server.js'
import type { UpstreamOptions } from '../upstream/socket-pool.js'
import { defaultUpstreamOptions, Upstreams } from '../upstream/sockets.js'
import { Subgraphs } from '../upstream/subgraphs.js'
import { chatSupergraph, startChat, startPeople } from './chat-graph.js'
import { Rooms } from './rooms.js'
import type { TestSubgraph } from './stream-subgraphs.js'
import { connectionParams, testAuthenticator } from './test-login.js'

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

/** The gateway's sockets and pipeline over two real subgraphs. */
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
  const chatGraph = { trusted, now: () => clock.now() }
  const wrote = (): void => {
    rig.written += 1
  }
  const people = await startPeople(chatGraph)
  const chat = await startChat(chatGraph, rooms, wrote)

  const graphs: Graph[] = []
  const load = (): Operations => {
    const graph = loadGraph(chatSupergraph(chat, people), { planMs: 10_000, maxEvaluatedPlans: 1_000 })
    graphs.push(graph)
    return new Operations(graph, { limits: { ...defaultLimits, depth: 5 }, introspection: true })
  }
  let operations = load()

  const log = createLogger('rig', process.env.LOG_LEVEL ?? 'silent')
  const pipeline = new Pipeline({
    authenticator: testAuthenticator(() => clock.now()),
    operations: () => operations,
    subgraphs: new Subgraphs(operations.graph.urls),
    viewers: new ViewerHeaders(key, clock),
    execute,
    policy: { passForeign: false, tellSchema: true },
    log,
  })
  const upstreams = new Upstreams({ ...defaultUpstreamOptions, ...upstreamOptions })
  const server = new StreamServer({
    pipeline,
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
      rig.chat = await startChat(chatGraph, rooms, wrote, Number(new URL(rig.chat.url).port))
    },
    reload: () => {
      operations = load()
    },
    client: (token, more) => {
      const defaults = { url: rig.url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: connectionParams(token) }
      const client = createClient({ ...defaults, ...more })
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
