import { GraphError, type Language } from '@vardgraf/errors'
import type { Logger } from '@vardgraf/process'
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql'
import { isTransient } from '../database/transient.js'
import type { LiveStream } from '../live/live.js'
import { publicError, rootOf } from './errors.js'
import type { Outlet } from './outlet.js'
import { type Waiting, within } from './within.js'

/** An operation that came over a socket. */
export interface SocketOperation {
  /** The id that the client gave it on this socket. */
  id: string
  waiting: Waiting
  language: Language
  /** Of an event or answer as sent, its errors included. */
  maxEventBytes: number
  log: Logger
  outlet: Outlet
  /** Runs one piece of work when the viewer's other operations leave room for it. */
  takeTurn<T>(work: () => Promise<T>): Promise<T>
  /** The client no longer listens. */
  end(): void
}

/** What graphql-ws gets: a stream without events that ends as `run` ends. graphql-ws then sends `complete` or `error`; `return` ends `run`. */
export function driven({ waiting, end }: SocketOperation, run: () => Promise<void>): AsyncIterableIterator<never> {
  const over = { done: true, value: undefined } as const
  return {
    next: async () => {
      await run().catch((error: unknown) => {
        if (!waiting.gone.aborted) throw error
      })
      return over
    },
    return: async () => {
      end()
      return over
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** Sends the events of a subscription until its source ends: each is whole, or comes later, or ends the stream.
 *  @throws what ends it; GraphError OPERATION_TOO_COMPLEX when an event is too large. */
export async function follow(operation: SocketOperation, args: ExecutionArgs): Promise<void> {
  const { waiting } = operation
  const source = await within(waiting, () => createSourceEventStream(args))
  if (!(Symbol.asyncIterator in source)) throw source.errors?.[0] ?? new Error('a stream did not begin')
  const events = source[Symbol.asyncIterator]() as Partial<LiveStream<unknown>> & AsyncIterator<unknown>
  const stop = (): void => void events.return?.()
  waiting.gone.addEventListener('abort', stop)
  try {
    while (!waiting.gone.aborted) {
      const { done, value } = await events.next()
      if (done) return
      await operation.takeTurn(async () => {
        const result = await within(waiting, () => execute({ ...args, rootValue: value }))
        if (waiting.gone.aborted) return
        const failure = result.errors?.find((error) => isTransient(rootOf(error)))
        if (failure && events.again) return events.again(rootOf(failure))
        // A part that is null because of an outage would stay so: the cursor has passed the event.
        if (failure) throw failure
        if (!result.data) throw result.errors?.[0] ?? new Error('an event without data')
        await send(operation, result)
      })
    }
  } finally {
    waiting.gone.removeEventListener('abort', stop)
    await events.return?.()
  }
}

/** Sends the one answer of a query or mutation. */
export async function answerOnce(operation: SocketOperation, args: ExecutionArgs): Promise<void> {
  await operation.takeTurn(async () => send(operation, await within(operation.waiting, () => execute(args))))
}

async function send(operation: SocketOperation, { data, errors }: ExecutionResult): Promise<void> {
  const { id, waiting, language, maxEventBytes, log, outlet } = operation
  const told = errors && (await within(waiting, () => errors.map((error) => publicError(error.toJSON(), error, language, log))))
  const text = JSON.stringify({ ...(told && { errors: told }), ...(data !== undefined && { data }) })
  // If it were sent, the gateway could close the socket with all its streams.
  if (Buffer.byteLength(text) > maxEventBytes)
    throw new GraphError('OPERATION_TOO_COMPLEX', { limit: 'eventBytes', max: maxEventBytes }, language)
  await outlet.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${text}}`)
}
