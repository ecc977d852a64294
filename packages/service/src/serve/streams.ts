import type { Server } from 'node:http'
import { GraphError, type Language } from '@vardgraf/errors'
import { inWork } from '@vardgraf/process'
import { VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'
import {
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import type { Context, SubscribePayload } from 'graphql-ws'
import { type Extra as SocketExtra, useServer } from 'graphql-ws/use/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { iterateInLane } from '../database/lanes.js'
import type { Platform } from '../start/platform.js'
import { languageOf, viewerOf } from './asker.js'
import { createContext, type RequestContext } from './context.js'
import { publicError } from './errors.js'
import { Outlet } from './outlet.js'
import { answerOnce, driven, follow, type SocketOperation } from './socket-operation.js'
import { Turns } from './turns.js'
import { waitingOf } from './within.js'

type Extra = SocketExtra & { viewer?: Viewer | null; outlet?: Outlet }

interface StreamsOptions<C extends RequestContext> {
  server: Server
  schema: GraphQLSchema
  platform: Platform
  context(base: RequestContext): C
}

const MAX_MESSAGE_BYTES = 256 * 1024
const PING_MS = 12_000
/** How many events of one viewer are resolved, or wait for room, at once. The size of an event is known only when it is resolved. */
const EVENTS_AT_ONCE = 4
/** RFC 6455: the client may connect again, elsewhere or later. */
const CLOSE_SERVICE_RESTART = 1012
const GOODBYE_MS = 2_000

/**
 * Subscriptions over graphql-transport-ws. One socket carries many viewers: each operation brings its own signed viewer in
 * `extensions["vardgraf-viewer"]`; a router that opens one socket a viewer may give it in `connection_init` instead.
 */
export function serveStreams<C extends RequestContext>({ server, schema, platform, context }: StreamsOptions<C>) {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: MAX_MESSAGE_BYTES })
  const rules = platform.settings.INTROSPECTION ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const turns = new Turns(EVENTS_AT_ONCE)
  const outlets = new WeakMap<WebSocket, Outlet>()
  const operations = new WeakMap<object, SocketOperation>()
  const operationOf = (args: unknown): SocketOperation => {
    const operation = operations.get(args as object)
    if (!operation) throw new Error('an operation that was never admitted')
    return operation
  }
  const outletOf = (socket: WebSocket): Outlet => {
    const outlet = outlets.get(socket) ?? new Outlet(socket)
    outlets.set(socket, outlet)
    return outlet
  }

  const admit = async (ctx: Context<Record<string, unknown>, Extra>, id: string, payload: SubscribePayload) => {
    const extensions = payload.extensions ?? {}
    const offered = extensions[VIEWER_HEADER]
    const viewer = offered === undefined ? ctx.extra.viewer : await viewerOf(offered, platform)
    const language = languageIn(payload, ctx)
    if (!viewer) return [new GraphError('UNAUTHENTICATED', {}, language)]
    const document = parse(payload.query, { maxTokens: 5_000 })
    const errors = validate(schema, document, rules)
    if (errors.length > 0) return errors
    const end = new AbortController()
    const waiting = waitingOf(extensions, end.signal)
    const args = {
      schema,
      document,
      operationName: payload.operationName,
      variableValues: payload.variables,
      contextValue: createContext(platform, { viewer, language, waiting }, context),
    }
    operations.set(args, {
      id,
      waiting,
      language,
      maxEventBytes: platform.settings.MAX_EVENT_BYTES,
      log: platform.log,
      outlet: outletOf((ctx.extra as unknown as { socket: WebSocket }).socket),
      takeTurn: (work) => turns.take(keyOf(viewer), work),
      end: () => end.abort(),
    })
    return args
  }

  const { dispose } = useServer<Record<string, unknown>, { viewer?: Viewer | null }>(
    {
      schema,
      connectionInitWaitTimeout: 3_000,
      // Both send and measure their events themselves; graphql-ws gets only the end.
      subscribe: (args) => iterateInLane('streams', begin(args as ExecutionArgs, follow)),
      execute: (args) => iterateInLane('requests', begin(args as ExecutionArgs, answerOnce)) as never,
      onConnect: async (ctx) => {
        const offered = ctx.connectionParams?.[VIEWER_HEADER] ?? ctx.extra.request.headers[VIEWER_HEADER]
        ctx.extra.viewer = await viewerOf(offered, platform)
        // An invalid viewer is refused. Without one, each operation brings its own.
        return offered === undefined || ctx.extra.viewer !== null
      },
      onSubscribe: (ctx, id, payload) =>
        admit(ctx, id, payload).catch((error: unknown) => {
          // If it were thrown on, graphql-ws would close the socket for all operations on it.
          if (error instanceof GraphQLError) return [error]
          return [new GraphQLError('', { originalError: error instanceof Error ? error : new Error(String(error)) })]
        }),
      onError: (ctx, _id, payload, errors) => {
        const { requestId } = waitingOf(payload.extensions ?? {}, NEVER)
        const language = languageIn(payload, ctx)
        const told = inWork({ requestId }, () =>
          errors.map((error) => publicError(error.toJSON ? error.toJSON() : error, error, language, platform.log)),
        )
        const tooLarge = Buffer.byteLength(JSON.stringify(told)) > platform.settings.MAX_EVENT_BYTES
        return (tooLarge ? [new GraphError('OPERATION_TOO_COMPLEX', {}, language).toJSON()] : told) as never
      },
    },
    sockets,
    PING_MS,
  )

  function begin(args: ExecutionArgs, run: (operation: SocketOperation, args: ExecutionArgs) => Promise<void>) {
    const operation = operationOf(args)
    return driven(operation, () => run(operation, args))
  }

  return {
    stop: async () => {
      for (const socket of sockets.clients) socket.close(CLOSE_SERVICE_RESTART, 'SERVICE_RESTART')
      // A client that has not closed by then never will.
      const cut = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate()
      }, GOODBYE_MS)
      await dispose()
      clearTimeout(cut)
    },
  }
}

const NEVER = new AbortController().signal

const languageIn = ({ extensions }: SubscribePayload, { connectionParams }: Context<Record<string, unknown>>): Language =>
  languageOf(extensions?.['accept-language'] ?? connectionParams?.['accept-language'])

function keyOf(viewer: Viewer): string {
  return viewer.kind === 'PATIENT' ? viewer.personId : viewer.kind === 'STAFF' ? viewer.staffId : viewer.kind
}
