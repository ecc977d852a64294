import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from '@vardgraf/process'
import type { Page } from '../page/index.js'
import type { GraphqlEndpoint } from './endpoint.js'
import { answerJson, type Readiness } from './health.js'

export interface Routes {
  endpoint: GraphqlEndpoint
  readiness: Readiness
  /** null when GraphiQL is switched off. */
  page: Page | null
  log: Logger
}

/** The process's HTTP server: the graph, health, and the GraphiQL page. */
export function httpServer({ endpoint, readiness, page, log }: Routes): Server {
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url?.split('?', 1)[0] ?? ''
    if (path === '/graphql') return endpoint.handle(request, response)
    if (path === '/health/live') return answerJson(response, 200, { status: 'live' })
    if (path === '/health/ready') return readiness.answer(response)
    if (page && request.method === 'GET' && page.serve(path, response)) return
    answerJson(response, 404, { errors: [{ message: 'Not found', extensions: { code: 'NOT_FOUND' } }] })
  }
  return createServer({ keepAliveTimeout: 65_000, requestTimeout: 30_000 }, (request, response) => {
    route(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'a request failed')
      if (!response.headersSent)
        answerJson(response, 500, { errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL' } }] })
    })
  })
}

/** The address that it listens on.
 *  @throws Error when the port is taken */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return `http://${host}:${(server.address() as AddressInfo).port}`
}

/** Accepts no new connections. Resolves when the running requests are answered; after `cutMs` they are cut. */
export async function close(server: Server, cutMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Otherwise a connection whose last request ends after the close would be kept alive for another.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), cutMs)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}
