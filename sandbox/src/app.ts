import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger, Running } from '@vardgraf/process'
import { bootPlatform, serveSubgraph } from '@vardgraf/service'
import { ClockService } from './clock/service.js'
import type { SandboxSettings } from './config.js'
import { contextOf } from './context.js'
import { loadedOn } from './database.js'
import { identitiesOf } from './eid/identities.js'
import { createEid, type Route } from './eid/routes.js'
import { features } from './features.js'
import { forward, forwardSockets, sendJson } from './http.js'
import { Inbox } from './sms/inbox.js'
import { operatorPath, smsOperator } from './sms/operator.js'

/**
 * What `npm start` adds to the platform, at one address: the test e-ID (`/eid`, `/token`, `/persons`), the clock (`/clock`), the
 * replacement of the SMS operator, and a subgraph (`/graphql`) that moves the clock and shows the SMS. The subgraph is served like any
 * other; this server passes its requests on.
 */
export async function startSandbox(settings: SandboxSettings, log: Logger): Promise<Running & { port: number }> {
  const platform = await bootPlatform('sandbox', { ...settings, PORT: 0, SANDBOX_CLOCK_URL: undefined } as never, log)
  const clock = new ClockService(platform.pool)
  await clock.load()
  platform.clock = clock.clock
  const inbox = new Inbox(platform.pool, platform.hints)
  const identities = identitiesOf(await loadedOn(platform.pool))
  const eid = await createEid(settings.SANDBOX_ISSUER, identities, clock.clock, log)
  const services = { clock, inbox, platform }
  const subgraph = await serveSubgraph({
    platform,
    services,
    features,
    context: contextOf(services),
  })

  const routes: Record<string, Route> = {
    ...eid.routes,
    [operatorPath]: smsOperator(inbox, clock.clock, { user: settings.SANDBOX_SMS_USER, password: settings.SANDBOX_SMS_PASSWORD }),
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', settings.SANDBOX_ISSUER)
    const prefix = Object.keys(routes).find(
      (path) => url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`),
    )
    const route = prefix && routes[prefix]
    if (route) return route(request, response, url)
    forward(request, response, subgraph.port)
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ err: error, path: request.url?.split('?')[0] }, 'a request failed')
      if (response.headersSent) response.destroy()
      else
        sendJson(response, error instanceof RangeError ? 400 : 500, {
          error: error instanceof RangeError ? error.message : 'internal',
        })
    })
  })
  clock.serve(server)
  forwardSockets(server, '/graphql', subgraph.port)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.PORT, settings.HOST, resolve))
  const { port } = server.address() as AddressInfo
  log.info({ port }, 'sandbox ready')

  return {
    port,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      await clock.stop()
      await subgraph.stop()
      server.closeAllConnections()
      await closed
    },
  }
}
