import { unwatchFile, watchFile } from 'node:fs'
import type { Clock, Logger } from '@vardgraf/process'
import type { SigningKey } from '@vardgraf/viewer'
import type { GatewayConfig } from './config.js'
import { runThroughApollo, startApollo } from './executor/apollo.js'
import { ClientAddress } from './http/client-address.js'
import { GraphqlEndpoint } from './http/endpoint.js'
import { Readiness } from './http/health.js'
import { Origins } from './http/origins.js'
import { close, httpServer, listen } from './http/server.js'
import { type Authenticator, noLogin, OidcAuthenticator } from './login/authenticate.js'
import { RemotePrincipals } from './login/principals.js'
import { ViewerHeaders } from './login/viewer.js'
import { issuerSettings, streamOptions, subgraphAddresses, subgraphSettings } from './options.js'
import { graphiqlPage } from './page/index.js'
import { Pipeline } from './pipeline.js'
import { Operations } from './plan/operations.js'
import { GraphSource } from './plan/supergraph.js'
import { StreamServer } from './sockets/server.js'
import { Upstreams } from './upstream/sockets.js'
import { Subgraphs } from './upstream/subgraphs.js'

export interface Gateway {
  url: string
  /** Reads the supergraph's file again. */
  reload(): Promise<void>
  stop(): Promise<void>
}

/** The gateway, wired in the order in which a request meets its parts: one pipeline behind two doors, HTTP and sockets. */
export async function startGateway(
  config: GatewayConfig,
  { key, clock, log }: { key: SigningKey | null; clock: Clock; log: Logger },
): Promise<Gateway> {
  const { settings, limits } = config

  // Who asks?
  const authenticator = authenticatorOf(config, key, clock)
  const viewers = new ViewerHeaders(key, clock)

  // What is asked?
  const budget = { planMs: settings.PLAN_BUDGET_MS, maxEvaluatedPlans: 2_000 }
  const source = await GraphSource.open(settings.SUPERGRAPH_FILE, budget)
  const operationSettings = { limits, introspection: settings.INTROSPECTION }
  let operations = new Operations(source.current(), operationSettings)

  // Who answers?
  const subgraphs = new Subgraphs(subgraphAddresses(source.current().urls, config), subgraphSettings(settings))
  const upstreams = new Upstreams()
  const apollo = await startApollo({ source, documentByHash: (hash) => operations.documentByHash(hash), log })
  source.onChange((graph) => {
    operations = new Operations(graph, operationSettings)
    subgraphs.readdress(subgraphAddresses(graph.urls, config))
    log.info({ subgraphs: [...subgraphs.addresses().keys()] }, 'a new supergraph is in use for new operations')
  })

  // What both doors do with an operation.
  const pipeline = new Pipeline({
    authenticator,
    operations: () => operations,
    subgraphs,
    viewers,
    execute: (run) => runThroughApollo(apollo, run),
    policy: { passForeign: config.login === null, tellSchema: settings.INTROSPECTION },
    log,
  })

  // The two doors.
  const origins = new Origins(settings.CORS_ORIGINS)
  const addresses = new ClientAddress(settings.TRUSTED_PROXIES)
  let draining = false
  const server = httpServer({
    endpoint: new GraphqlEndpoint({ pipeline, origins, maxBodyBytes: limits.bodyBytes, log }),
    readiness: new Readiness(
      () => subgraphs.addresses(),
      () => ({ draining, login: authenticator.ready() }),
    ),
    page: settings.GRAPHIQL ? await graphiqlPage({ loginUrl: settings.SANDBOX_LOGIN_URL }) : null,
    log,
  })
  const streams = new StreamServer({
    pipeline,
    upstreams,
    admits: (headers) => !origins.forged(headers),
    addressOf: (request) => addresses.of(request),
    clock,
    log,
    options: streamOptions(settings),
  })
  streams.attach(server)
  const url = await listen(server, settings.PORT, settings.HOST)

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
      // Requests under way are answered, and live streams are told to come back.
      const closed = close(server, settings.SUBGRAPH_DEADLINE_MS + 5_000)
      await streams.drain()
      await closed
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
  return new OidcAuthenticator(issuerSettings(login.issuer, settings), clock, principals)
}
