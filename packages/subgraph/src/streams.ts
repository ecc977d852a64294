import type { Server } from 'node:http'
import { GraphError, type Language } from '@vardgraf/errors'
import { VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  subscribe,
  validate,
} from 'graphql'
import type { Context, SubscribePayload } from 'graphql-ws'
import { type Extra as SocketExtra, useServer } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { languageOf, viewerOf } from './asker.js'
import { createContext, type RequestContext } from './context.js'
import { publicError } from './errors.js'
import { inLane, iterateInLane } from './lanes.js'
import type { Platform } from './platform.js'

type Extra = SocketExtra & { viewer?: Viewer | null }

interface StreamsOptions<C extends RequestContext> {
  server: Server
  schema: GraphQLSchema
  platform: Platform
  context(base: RequestContext): C
}

const MAX_MESSAGE_BYTES = 256 * 1024
/** Generous: a gateway's socket carries all its viewers, and closing it costs each of them her stream. */
const MAX_UNSENT_BYTES = 64 * 1024 * 1024
const PING_MS = 12_000
/** The reader does not keep up: it resumes from its cursor. */
const CLOSE_SLOW_CONSUMER = 4442
/** RFC 6455: come back, elsewhere or later. */
const CLOSE_SERVICE_RESTART = 1012
const GOODBYE_MS = 2_000

/**
 * Subscriptions over graphql-transport-ws. One socket carries many viewers: each operation brings its own signed viewer in
 * `extensions["vardgraf-viewer"]`; a router that opens one socket a viewer may give it in `connection_init` instead.
 */
export function serveStreams<C extends RequestContext>({ server, schema, platform, context }: StreamsOptions<C>) {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: MAX_MESSAGE_BYTES })
  const rules = platform.settings.INTROSPECTION ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const contexts = new WeakMap<object, { language: Language }>()
  const languageAt = (args: unknown): Language => contexts.get(args as object)?.language ?? 'sv'

  const admit = async (ctx: Context<Record<string, unknown>, Extra>, payload: SubscribePayload) => {
    const offered = payload.extensions?.[VIEWER_HEADER]
    const viewer = offered === undefined ? ctx.extra.viewer : await viewerOf(offered, platform)
    const language = languageOf(payload.extensions?.['accept-language'] ?? ctx.connectionParams?.['accept-language'])
    if (!viewer) return [new GraphError('UNAUTHENTICATED', {}, language)]
    const document = parse(payload.query, { maxTokens: 5_000 })
    const errors = validate(schema, document, rules)
    if (errors.length > 0) return errors
    const args = {
      schema,
      document,
      operationName: payload.operationName,
      variableValues: payload.variables,
      contextValue: createContext(platform, viewer, language, context),
    }
    contexts.set(args, { language })
    return args
  }

  const { dispose } = useServer<Record<string, unknown>, { viewer?: Viewer | null }>(
    {
      schema,
      connectionInitWaitTimeout: 3_000,
      subscribe: async (args) => iterateInLane('streams', await inLane('streams', () => begin(args as ExecutionArgs))),
      execute: (args) => inLane('requests', () => execute(args as ExecutionArgs)),
      onConnect: async (ctx) => {
        const offered = ctx.connectionParams?.[VIEWER_HEADER] ?? ctx.extra.request.headers[VIEWER_HEADER]
        ctx.extra.viewer = await viewerOf(offered, platform)
        // Offered and not believed is refused; not offered at all means that each operation brings its own.
        return offered === undefined || ctx.extra.viewer !== null
      },
      onSubscribe: (ctx, _id, payload) =>
        admit(ctx, payload).catch((error: unknown) => {
          // Thrown on, it would close the socket under everybody who shares it.
          if (error instanceof GraphQLError) return [error]
          return [new GraphQLError('', { originalError: error instanceof Error ? error : new Error(String(error)) })]
        }),
      onNext: (ctx, _id, _payload, args, result) => {
        const socket = (ctx.extra as unknown as { socket: WebSocket }).socket
        if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.close(CLOSE_SLOW_CONSUMER, 'SLOW_CONSUMER')
        if (!result.errors) return
        return {
          ...result,
          errors: result.errors.map((error) => publicError(error, error, languageAt(args), platform.log)),
        } as never
      },
      onError: (_ctx, _id, payload, errors) => {
        const language = languageOf(payload.extensions?.['accept-language'])
        return errors.map((error) => publicError(error.toJSON ? error.toJSON() : error, error, language, platform.log)) as never
      },
    },
    sockets,
    PING_MS,
  )

  return {
    stop: async () => {
      for (const socket of sockets.clients) socket.close(CLOSE_SERVICE_RESTART, 'SERVICE_RESTART')
      // Who has not said goodbye by then never will.
      const cut = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, GOODBYE_MS)
      await dispose()
      clearTimeout(cut)
    },
  }
}

/** A subscription that cannot begin ends with an `error` message, as one does that loses access later; graphql-ws would make it an event. */
async function begin(args: ExecutionArgs): Promise<AsyncIterable<ExecutionResult>> {
  const begun = await subscribe(args)
  return Symbol.asyncIterator in begun ? begun : failed(begun)
}

// biome-ignore lint/correctness/useYield: it ends before its first event
async function* failed({ errors }: ExecutionResult): AsyncGenerator<ExecutionResult> {
  throw errors?.[0] ?? new Error('a stream did not begin')
}
