import type { GatewayConfig } from './config.js'
import type { IssuerSettings } from './login/authenticate.js'
import { defaultStreamServerOptions, type StreamServerOptions } from './sockets/server.js'
import type { SubgraphSettings } from './upstream/subgraphs.js'

// What the settings say to each part of the gateway.

type Settings = GatewayConfig['settings']

export const issuerSettings = (issuer: string, settings: Settings): IssuerSettings => ({
  issuer,
  audience: settings.OIDC_AUDIENCE,
  cooldownMs: settings.OIDC_KEY_COOLDOWN_MS,
  refreshMs: settings.OIDC_KEY_REFRESH_MS,
  staleMs: settings.OIDC_KEY_STALE_MS,
  maxTokenSeconds: settings.OIDC_TOKEN_MAX_SECONDS,
})

export const subgraphSettings = (settings: Settings): SubgraphSettings => ({
  deadlineMs: settings.SUBGRAPH_DEADLINE_MS,
  connections: settings.SUBGRAPH_CONNECTIONS,
  keepAliveMs: settings.SUBGRAPH_KEEP_ALIVE_MS,
  maxResponseBytes: settings.SUBGRAPH_MAX_RESPONSE_BYTES,
})

export const streamOptions = (settings: Settings): StreamServerOptions => ({
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
})

/** Service name → address of its GraphQL endpoint: from the environment, or else from the supergraph. */
export function subgraphAddresses(urls: ReadonlyMap<string, string>, { addresses }: GatewayConfig): ReadonlyMap<string, string> {
  return new Map([...urls].map(([service, url]) => [service, graphqlUrl(addresses(service)) ?? url]))
}

/** `PATIENTS_URL` names the process; its endpoint is `/graphql` unless the address has a path of its own. */
function graphqlUrl(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const url = new URL(address)
  if (url.pathname === '/') url.pathname = '/graphql'
  return url.href
}
