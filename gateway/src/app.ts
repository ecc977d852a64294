import { unwatchFile, watchFile } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Clock, DEADLINE_HEADER, type Logger } from '@vardgraf/process'
import type { SigningKey } from '@vardgraf/viewer'
import type { GatewayConfig } from './config.js'
import { type ErrorPolicy, outward } from './errors.js'
import { runThroughApollo, startApollo } from './executor/apollo.js'
import { ClientAddress } from './http/client-address.js'
import { GraphqlEndpoint } from './http/endpoint.js'
import { answerJson, Readiness } from './http/health.js'
import { Origins } from './http/origins.js'
import { type Authenticator, noLogin, OidcAuthenticator } from './login/authenticate.js'
import { RemotePrincipals } from './login/principals.js'
import { languageOf, ViewerHeaders } from './login/viewer.js'
import { graphiqlPage } from './page/index.js'
import { Operations } from './plan/operations.js'
import { GraphSource } from './plan/supergraph.js'
import { defaultStreamServerOptions, federatedOperations, StreamServer, Upstreams } from './sockets/index.js'
import { type SubgraphSettings, Subgraphs } from './upstream/subgraphs.js'

export interface Gateway {
  url: string
  /** Reads the supergraph's file again. */
  reload(): Promise<void>
  stop(): Promise<void>
}

/** The gateway, wired in the order in which a request meets its parts. */
export async function startGateway(
  config: GatewayConfig,
  { key, clock, log }: { key: SigningKey | null; clock: Clock; log: Logger },
): Promise<Gateway> {
  const { settings, limits } = config

  // Who asks?
  const authenticator = authenticatorOf(config, key, clock)
  const viewers = new ViewerHeaders(key, clock)
  const origins = new Origins(settings.CORS_ORIGINS)
  const addresses = new ClientAddress(settings.TRUSTED_PROXIES)

  // What is asked?
  const budget = { planMs: settings.PLAN_BUDGET_MS, maxEvaluatedPlans: 2_000 }
  const source = await GraphSource.open(settings.SUPERGRAPH_FILE, budget)
  const operationSettings = { limits, introspection: settings.INTROSPECTION }
  let operations = new Operations(source.current(), operationSettings)

  // Who answers?
  const subgraphs = new Subgraphs(addressesOf(source, config), subgraphSettings(settings))
  const apollo = await startApollo({ source, documentByHash: (hash) => operations.documentByHash(hash), log })
  source.onChange((graph) => {
    operations = new Operations(graph, operationSettings)
    subgraphs.readdress(addressesOf(source, config))
    log.info({ subgraphs: [...subgraphs.addresses().keys()] }, 'a new supergraph is in use for new operations')
  })

  // How does it leave?
  const policy: ErrorPolicy = { passForeign: config.login === null, tellSchema: settings.INTROSPECTION }

  const endpoint = new GraphqlEndpoint({
    authenticator,
    prepare: (query, operationName) => operations.prepare(query, operationName),
    run: async ({ operation, parameters, viewer, language, requestId, gone, onFetch }) => {
      const { query, variables } = parameters
      const coerced = operation.coerce(variables)
      const headers = viewers.headers(viewer, language, requestId)
      return runThroughApollo(apollo, query, { operation, variables, coerced, subgraphs, headers, gone, onFetch })
    },
    origins,
    policy,
    maxBodyBytes: limits.bodyBytes,
    log,
  })

  // Live streams: the same parts, over WebSocket.
  const upstreams = new Upstreams()
  const streams = new StreamServer({
    ports: {
      authenticate: async ({ authorization, acceptLanguage }) => ({
        ...(await authenticator.login(authorization)),
        language: languageOf(acceptLanguage),
      }),
      prepare: federatedOperations({
        operations: () => operations,
        subgraphs,
        headers: ({ viewer, language, requestId }) => viewers.headers(viewer, language, requestId),
        onFetch: (service, _ms, failure) => {
          if (failure) log.warn({ service, code: failure.code, reason: failure.reason }, 'a subgraph failed')
        },
        outward: (error, { language, requestId }) => outward(error, { language, requestId, policy, log }),
      }),
      signedExtensions: ({ viewer, language, requestId }, service) => ({
        ...viewers.extensions(viewer, service, language, requestId),
        [DEADLINE_HEADER]: settings.SUBGRAPH_DEADLINE_MS,
      }),
      outward: (error, { language, requestId }) => outward(error, { language, requestId, policy, log }),
    },
    upstreams,
    admits: (headers) => !origins.forged(headers),
    addressOf: (request) => addresses.of(request),
    clock,
    log,
    options: {
      ...defaultStreamServerOptions,
      maxSockets: settings.STREAM_SOCKETS,
      operationsPerSocket: settings.STREAM_OPERATIONS_PER_SOCKET,
      socketsPerViewer: settings.STREAM_SOCKETS_PER_VIEWER,
      operationsPerViewer: settings.STREAM_OPERATIONS_PER_VIEWER,
      socketsPerAddress: settings.STREAM_SOCKETS_PER_ADDRESS,
      anonymousSockets: settings.STREAM_ANONYMOUS_SOCKETS,
      anonymousIdleMs: settings.STREAM_ANONYMOUS_IDLE_MS,
      waitingBytes: settings.STREAM_WAITING_BYTES,
      pingEveryMs: settings.STREAM_PING_MS,
      drainTimeoutMs: settings.STREAM_DRAIN_MS,
    },
  })

  let draining = false
  const readiness = new Readiness(
    () => subgraphs.addresses(),
    () => ({ draining, login: authenticator.ready() }),
  )
  const page = settings.GRAPHIQL ? await graphiqlPage({ loginUrl: settings.SANDBOX_LOGIN_URL }) : null
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 30_000 }, (request, response) => {
    route(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'a request failed')
      if (!response.headersSent)
        answerJson(response, 500, { errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL' } }] })
    })
  })
  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?', 1)[0] ?? ''
    if (path === '/graphql') return endpoint.handle(request, response)
    if (path === '/health/live') return answerJson(response, 200, { status: 'live' })
    if (path === '/health/ready') return readiness.answer(response)
    if (page && request.method === 'GET' && page.serve(path, response)) return
    answerJson(response, 404, { errors: [{ message: 'Not found', extensions: { code: 'NOT_FOUND' } }] })
  }

  streams.attach(server)
  await listen(server, settings.PORT, settings.HOST)
  const url = `http://${settings.HOST}:${(server.address() as AddressInfo).port}`

  const reload = async (): Promise<void> => {
    try {
      await source.reload()
    } catch (error) {
      log.error({ err: error }, 'the new supergraph is not valid; the old one stays')
    }
  }
  if (settings.SUPERGRAPH_WATCH) watchFile(settings.SUPERGRAPH_FILE, { interval: 1_000, persistent: false }, () => void reload())
  log.info({ url, subgraphs: [...subgraphs.addresses().keys()], authentication: config.login !== null }, 'the gateway listens')

  return {
    url,
    reload,
    async stop() {
      draining = true
      unwatchFile(settings.SUPERGRAPH_FILE)
      authenticator.stop()
      // No new connections; requests under way are answered, live streams are told to come back.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      // A connection whose last request was answered after the close would be kept for the next.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      const cut = setTimeout(() => server.closeAllConnections(), settings.SUBGRAPH_DEADLINE_MS + 5_000)
      await streams.drain()
      await closed
      clearInterval(sweep)
      clearTimeout(cut)
      upstreams.stop()
      await apollo.stop()
      await source.close()
      await subgraphs.close()
    },
  }
}

function authenticatorOf({ login, settings }: GatewayConfig, key: SigningKey | null, clock: Clock): Authenticator {
  if (!login) return noLogin
  const { PRINCIPALS_URL: url } = settings
  const principals = url && url !== 'none' && key ? new RemotePrincipals(url, key, clock) : null
  const issuer = {
    issuer: login.issuer,
    audience: settings.OIDC_AUDIENCE,
    cooldownMs: settings.OIDC_KEY_COOLDOWN_MS,
    refreshMs: settings.OIDC_KEY_REFRESH_MS,
    staleMs: settings.OIDC_KEY_STALE_MS,
    maxTokenSeconds: settings.OIDC_TOKEN_MAX_SECONDS,
  }
  return new OidcAuthenticator(issuer, clock, principals)
}

function addressesOf(source: GraphSource, { addresses }: GatewayConfig): ReadonlyMap<string, string> {
  return new Map([...source.current().urls].map(([service, url]) => [service, graphqlUrl(addresses(service)) ?? url]))
}

/** `PATIENTS_URL` names the process; its endpoint is `/graphql` unless the address has a path of its own. */
function graphqlUrl(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const url = new URL(address)
  if (url.pathname === '/') url.pathname = '/graphql'
  return url.href
}

function subgraphSettings(settings: GatewayConfig['settings']): SubgraphSettings {
  return {
    deadlineMs: settings.SUBGRAPH_DEADLINE_MS,
    connections: settings.SUBGRAPH_CONNECTIONS,
    keepAliveMs: settings.SUBGRAPH_KEEP_ALIVE_MS,
    maxResponseBytes: settings.SUBGRAPH_MAX_RESPONSE_BYTES,
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}
