import type { Document, VariablesOf } from './document.js'
import type { ClientOptions, Socket } from './options.js'
import { type Answer, execute, request } from './request.js'
import { openSocket } from './socket.js'
import { type StreamEvent, type StreamOptions, stream } from './stream.js'

const BUFFERED_EVENTS = 256

/** One user's way to the graph. */
export interface VardgrafClient {
  /** The data of a query or mutation. What failed and is retryable is sent again: queries, and mutations with an `idempotencyKey`.
   *  @throws VardgrafError when anything in it failed, or nothing answered. */
  request<R, V>(document: Document<R, V>, ...variables: VariablesOf<V>): Promise<R>
  /** Data and errors side by side, for who can use a part of an answer.
   *  @throws VardgrafError NETWORK when nothing answered. */
  execute<R, V>(document: Document<R, V>, variables?: V, signal?: AbortSignal): Promise<Answer<R>>
  /** A live stream; leave the loop, or abort, to end it. */
  subscribe<R, V>(
    document: Document<R, V>,
    variables?: V,
    options?: StreamOptions,
  ): AsyncGenerator<StreamEvent<R>, void, undefined>
  /** Ends all streams and lets the socket go. */
  close(): Promise<void>
}

/** Nothing is connected until something is asked; all streams share one socket. */
export function createVardgrafClient(options: ClientOptions): VardgrafClient {
  const closing = new AbortController()
  let socket: Socket | null = null
  return {
    request: (document, ...[variables]) => request(options, document, variables, closing.signal),
    execute: (document, variables, signal) => execute(options, document, variables, signal),
    subscribe: (document, variables, { signal } = {}) => {
      socket ??= openSocket(options)
      const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
      return stream(socket, options.bufferedEvents ?? BUFFERED_EVENTS, document, variables, { signal: either })
    },
    close: async () => {
      closing.abort()
      // A connection attempt under way rejects when it is closed.
      await Promise.resolve(socket?.dispose()).catch(() => {})
    },
  }
}
