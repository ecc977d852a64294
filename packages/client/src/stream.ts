import type { Document } from './document.js'
import { type AnswerError, VardgrafError } from './errors.js'
import type { Socket } from './options.js'
import { pause } from './pause.js'

/** One event of a live stream: parts that failed are null in `data` and told in `errors`. */
export interface StreamEvent<R> {
  data: R
  errors: readonly AnswerError[]
  /** Give it as `after` to go on behind this event some other day; null where the stream has no cursors. */
  cursor: string | null
}

export interface StreamOptions {
  /** Aborting it ends the stream without an error. */
  signal?: AbortSignal
}

/** How a subscription ended, if it did not throw. */
type End = { kind: 'complete' } | { kind: 'again'; afterMs: number }

/**
 * A live stream for `for await`. It outlives lost connections, restarts and slow listeners: it goes on behind the last event it
 * received, by the variable `after`, so that each event comes once and in order.
 *
 * Completes when nothing more will ever come; throws VardgrafError when access or the login has ended, or the operation is refused.
 */
export async function* stream<R, V>(
  socket: Socket,
  bufferedEvents: number,
  document: Document<R, V>,
  variables: V | undefined,
  { signal }: StreamOptions,
): AsyncGenerator<StreamEvent<R>, void, undefined> {
  const payload = { query: document.toString(), variables: { ...variables } as Record<string, unknown> }
  for (;;) {
    const end = yield* subscription<R>(socket, bufferedEvents, payload, signal)
    if (end.kind === 'complete') return
    await pause(end.afterMs, signal)
  }
}

async function* subscription<R>(
  socket: Socket,
  bufferedEvents: number,
  payload: { query: string; variables: Record<string, unknown> },
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamEvent<R>, End, undefined> {
  const waiting: StreamEvent<R>[] = []
  let end: End | VardgrafError | null = signal?.aborted ? { kind: 'complete' } : null
  let wake = Promise.withResolvers<void>()
  const finish = (how: End | VardgrafError): void => {
    end ??= how
    wake.resolve()
  }
  if (end) return { kind: 'complete' }

  const dispose = socket.subscribe<R>(payload, {
    next: ({ data, errors = [] }) => {
      if (end) return
      if (data === null || data === undefined) return stop(endOf(errors))
      const cursor = cursorOf(data)
      // graphql-ws sends this same payload again when it reconnects.
      if (cursor !== null) payload.variables.after = cursor
      waiting.push({ data: data as R, errors: errors as AnswerError[], cursor })
      if (waiting.length >= bufferedEvents) stop({ kind: 'again', afterMs: 0 })
      else wake.resolve()
    },
    error: (problem) => finish(endOf(problem)),
    complete: () => finish({ kind: 'complete' }),
  })
  function stop(how: End | VardgrafError): void {
    finish(how)
    dispose()
  }
  const aborted = (): void => {
    waiting.length = 0
    stop({ kind: 'complete' })
  }
  signal?.addEventListener('abort', aborted)

  try {
    for (;;) {
      for (let event = waiting.shift(); event; event = waiting.shift()) yield event
      const ended = end as End | VardgrafError | null
      if (ended instanceof VardgrafError) throw ended
      if (ended) return ended
      await wake.promise
      wake = Promise.withResolvers()
    }
  } finally {
    signal?.removeEventListener('abort', aborted)
    dispose()
  }
}

/** Errors of the operation come as a list; a lost socket as a close event, or the error event of a connection that failed. */
function endOf(problem: unknown): End | VardgrafError {
  if (Array.isArray(problem)) {
    const error = VardgrafError.of(problem as AnswerError[])
    return error.retryable ? { kind: 'again', afterMs: error.retryAfterMs } : error
  }
  if (typeof problem === 'object' && problem !== null && 'code' in problem) {
    const { code, reason } = problem as { code: number; reason?: string }
    return new VardgrafError(
      reason?.split(' ')[0] || `CLOSED_${code}`,
      `the connection was closed: ${code} ${reason ?? ''}`.trim(),
      [],
      { cause: problem },
    )
  }
  return new VardgrafError('NETWORK', 'the connection failed', [], { cause: problem })
}

/** The cursor of an event: the field `cursor` of the stream's one root field, whatever alias that has. */
function cursorOf(data: unknown): string | null {
  const [event] = Object.values(data as object) as unknown[]
  const cursor = typeof event === 'object' && event !== null && 'cursor' in event ? event.cursor : null
  return typeof cursor === 'string' ? cursor : null
}
