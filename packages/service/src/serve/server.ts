import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApolloServer, HeaderMap } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { GraphError, type Language } from '@vardgraf/errors'
import { subgraphNames } from '@vardgraf/manifest'
import { type Running, SettingsError } from '@vardgraf/process'
import { VIEWER_HEADER, verifyService } from '@vardgraf/viewer'
import type { GraphQLSchema } from 'graphql'
import { inLane, LANE_HEADER, type Lane, laneOf } from '../database/lanes.js'
import { isTransient } from '../database/transient.js'
import { answerFacts } from '../facts/endpoint.js'
import { NotForCaller } from '../facts/not-for-caller.js'
import { type Feature, merged, type Work } from '../schema/feature.js'
import { buildSchema } from '../schema/schema.js'
import type { Platform } from '../start/platform.js'
import { languageOf, viewerOf } from './asker.js'
import { createContext, type RequestContext } from './context.js'
import { publicError } from './errors.js'
import type { InternalEndpoint } from './internal.js'
import { serveStreams } from './streams.js'
import { type Waiting, waitingOf, within } from './within.js'

/** What a subgraph serves. `C` is what its resolvers get, `S` what its process holds. */
export interface SubgraphDefinition<C extends RequestContext, S> {
  platform: Platform
  services: S
  features: readonly Feature<C, S>[]
  context(base: RequestContext): C
}

export interface RunningSubgraph extends Running {
  port: number
}

const MAX_BODY_BYTES = 1_000_000
/** Longer than any of our clients keeps an idle connection, so that no request meets a closing socket. */
const KEEP_ALIVE_MS = 65_000
const READY_MS = 1_000

/** Serves a subgraph: `/graphql` over HTTP and WebSocket for the gateway's signed viewer, `/internal/*` for our processes, `/health/*`. */
export async function serveSubgraph<C extends RequestContext, S>({
  platform,
  services,
  features,
  context,
}: SubgraphDefinition<C, S>): Promise<RunningSubgraph> {
  const facts = merged(
    'fact',
    features.map((feature) => feature.facts?.(services) as Record<string, never> | undefined),
  )
  Object.assign(platform.own, facts)
  const schema = buildSchema(features)
  const apollo = await startApollo<C>(schema, platform)
  const endpoints = new Map<string, InternalEndpoint>(
    Object.entries(
      merged<InternalEndpoint>('endpoint', [
        {
          facts: {
            callers: subgraphNames,
            answer: (body, caller) => answerFacts(platform.own, body, caller),
          },
        },
        ...features.map(({ internal }) => internal?.(services)),
      ]),
    ).map(([name, endpoint]) => [`/internal/${name}`, endpoint]),
  )
  let stopping = false

  const answer = async (request: IncomingMessage, response: ServerResponse, waiting: Waiting): Promise<void> => {
    const { path } = addressOf(request)
    if (path === '/health/live') return send(response, 200, { status: 'live' })
    if (path === '/health/ready')
      return stopping || !(await databaseAnswers(platform))
        ? send(response, 503, { status: 'not ready' })
        : send(response, 200, { status: 'ready' })
    if (path === '/graphql') return graphql(request, response, waiting)
    const endpoint = endpoints.get(path)
    if (endpoint && request.method === 'POST') return callInternal(request, response, endpoint)
    send(response, 404, { error: 'not found' })
  }

  const graphql = async (request: IncomingMessage, response: ServerResponse, waiting: Waiting): Promise<void> => {
    const viewer = await viewerOf(request.headers[VIEWER_HEADER], platform)
    const language = languageOf(request.headers['accept-language'])
    if (!viewer) return send(response, 401, { errors: [new GraphError('UNAUTHENTICATED', {}, language)] })
    const headers = new HeaderMap()
    for (const [name, value] of Object.entries(request.headers)) if (value) headers.set(name, String(value))
    const body = request.method === 'POST' ? await readJson(request) : undefined
    const answered = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers,
        search: addressOf(request).search,
        body,
      },
      context: async () => createContext(platform, { viewer, language, waiting }, context),
    })
    for (const [name, value] of answered.headers) response.setHeader(name, value)
    response.statusCode = answered.status ?? 200
    if (answered.body.kind === 'complete') return void response.end(bounded(answered.body.string, language))
    for await (const chunk of answered.body.asyncIterator) response.write(chunk)
    response.end()
  }

  /** A gateway drops an answer that is too large, and would take the subgraph for unavailable. */
  const bounded = (body: string, language: Language): string => {
    const max = platform.settings.MAX_ANSWER_BYTES
    if (Buffer.byteLength(body) <= max) return body
    return JSON.stringify({ errors: [new GraphError('OPERATION_TOO_COMPLEX', { limit: 'answerBytes', max }, language)] })
  }

  const callInternal = async (request: IncomingMessage, response: ServerResponse, endpoint: InternalEndpoint): Promise<void> => {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const caller = await verifyService(token, platform.name, platform.trusted, platform.clock.now()).catch(() => null)
    if (!caller) return send(response, 401, { error: 'not one of our processes, or not meant for this one' })
    if (!(endpoint.callers as readonly string[]).includes(caller)) throw new NotForCaller(addressOf(request).path, caller)
    return send(response, 200, await endpoint.answer(await readJson(request), caller))
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const waiting = waitingOf(request.headers, goneOf(response))
    const work = (): Promise<void> =>
      answer(request, response, waiting).catch((error: unknown) => {
        if (response.headersSent) return void response.destroy()
        // The rest of the body is discarded: the next request on the connection would wait behind it.
        request.resume()
        if (error instanceof NotForCaller) {
          platform.log.warn({ what: error.what, caller: error.caller }, 'a process asked for what is not for it')
          return send(response, 403, { error: error.message })
        }
        if (error instanceof RangeError || error instanceof SyntaxError) return send(response, 400, { error: error.message })
        if (isTransient(error)) return send(response, 503, { error: 'try again later' })
        platform.log.error({ err: error, path: addressOf(request).path }, 'a request failed')
        send(response, 500, { error: 'internal' })
      })
    void inLane(laneAt(request), () => within(waiting, work))
  })
  const port = await listen(server, platform)
  const streams = serveStreams({ server, schema, platform, context })
  const works = await begin(features, services)
  platform.log.info({ port }, 'ready')

  return {
    port,
    stop: async () => {
      stopping = true
      await Promise.all(works.map((work) => work.stop()))
      const closed = new Promise((resolve) => server.close(resolve))
      await streams.stop()
      server.closeIdleConnections()
      await apollo.stop()
      setTimeout(() => server.closeAllConnections(), 3_000).unref()
      await closed
      await platform.stop()
    },
  }
}

async function begin<C extends RequestContext, S>(features: readonly Feature<C, S>[], services: S): Promise<Work[]> {
  const works: Work[] = []
  for (const { jobs } of features) if (jobs) works.push(await jobs(services))
  return works
}

async function startApollo<C extends RequestContext>(schema: GraphQLSchema, platform: Platform): Promise<ApolloServer<C>> {
  const apollo = new ApolloServer<C>({
    schema,
    introspection: platform.settings.INTROSPECTION,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      {
        requestDidStart: async () => ({
          willSendResponse: async ({ response, errors, contextValue }) => {
            if (response.body.kind !== 'single' || !response.body.singleResult.errors) return
            response.body.singleResult.errors = response.body.singleResult.errors.map((error, index) =>
              publicError(error, errors?.[index] ?? error, contextValue.language, platform.log),
            )
          },
        }),
      },
    ],
  })
  await apollo.start()
  return apollo
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  // The request is not destroyed when half read: the answer goes out over the same socket.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) throw new RangeError(`a body of at most ${MAX_BODY_BYTES} bytes is read`)
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString())
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Aborts when the connection closes before the answer is out. */
function goneOf(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}

/** Path and query of a request, whatever it looks like: `new URL` throws for `//`. */
function addressOf({ url = '/' }: IncomingMessage): { path: string; search: string } {
  const mark = url.indexOf('?')
  return mark === -1 ? { path: url, search: '' } : { path: url.slice(0, mark), search: url.slice(mark) }
}

/** A process that asks for facts names its lane; all else is in the lane of requests. */
const laneAt = (request: IncomingMessage): Lane =>
  request.url?.startsWith('/internal/') ? laneOf(request.headers[LANE_HEADER]) : 'requests'

/** Whether the database answers within a second. Asked on the access log's connections: many requests at once are no outage. */
const databaseAnswers = ({ accessLog }: Platform): Promise<boolean> =>
  Promise.race([
    accessLog.query('SELECT 1').then(
      () => true,
      () => false,
    ),
    sleep(READY_MS, false, { ref: false }),
  ])

async function listen(server: Server, { settings }: Platform): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new SettingsError(`port ${settings.PORT} is taken: set PORT to a free one, or end what uses it`)
          : error,
      ),
    )
    server.listen(settings.PORT, settings.HOST, resolve)
  })
  return (server.address() as AddressInfo).port
}
