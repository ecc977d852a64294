import { GraphError } from '@vardgraf/errors'
import type { FormattedExecutionResult } from 'graphql'
import { type Budget, Mailbox } from './mailbox.js'
import { OperationRefused, type Ports, type PreparedStream, type Requester, type UpstreamEvent } from './ports.js'
import { SubscribeTooLarge } from './upstream-socket.js'
import type { Upstreams } from './upstreams.js'

export interface StreamContext {
  ports: Ports
  upstreams: Upstreams
  /** Events of this stream that may wait. */
  queuedEvents: number
  /** Shared with the other streams on the socket. */
  budget: Budget
  requester: Requester
  /** Resolves when the client's socket has taken the event. */
  deliver(result: FormattedExecutionResult): Promise<void>
}

/** Hint for a client that resumes by itself: spread, so that all of them do not come back in the same moment. */
export const retryAfterMs = (): number => 500 + Math.floor(Math.random() * 2_500)

/**
 * One federated subscription, from its opening to its end: the primary operation runs at its subgraph, and each of its events is
 * completed from the others, one at a time, in order.
 * @throws OperationRefused or GraphError with what ended it; returns when the subgraph completed it or the signal aborted.
 */
export async function runStream(stream: PreparedStream, context: StreamContext): Promise<void> {
  const { requester, upstreams, ports } = context
  const { signal, language } = requester
  let unsubscribe = (): void => {}
  const retryable = (code: 'SUBGRAPH_UNAVAILABLE' | 'STREAM_OVERLOADED', details: Record<string, unknown> = {}): GraphError =>
    new GraphError(code, { ...details, retryable: true, retryAfterMs: retryAfterMs() }, language)
  const unavailable = (): GraphError => retryable('SUBGRAPH_UNAVAILABLE', { service: stream.primary.service })

  const events = new Mailbox<UpstreamEvent>(context.queuedEvents, context.budget, () => {
    // Not what is queued either: the process needs the room, and who resumes after the last event she got misses none.
    events.drop(retryable('STREAM_OVERLOADED'))
    unsubscribe()
  })

  /** What is queued still goes out, so that who resumes after it has come further, however large the burst was. */
  const overflow = (bytes: number): void => {
    const hopeless = bytes > context.budget.bytes
    events.end(hopeless ? new GraphError('OPERATION_TOO_COMPLEX', {}, language) : retryable('STREAM_OVERLOADED'))
    unsubscribe()
  }

  const open = async (): Promise<void> => {
    const { service, url, query, operationName, variables } = stream.primary
    const extensions = ports.signedExtensions(requester, service)
    const sink = {
      next: (event: UpstreamEvent, bytes: number) => {
        if (!events.push(event, bytes)) overflow(bytes)
      },
      error: (errors: NonNullable<UpstreamEvent['errors']>) =>
        events.end(new OperationRefused(errors.map((error) => ports.outward(error, language)))),
      complete: () => events.end(),
      lost: () => events.end(unavailable()),
    }
    const payload = { query, ...(operationName && { operationName }), variables, extensions }
    try {
      unsubscribe = await upstreams.subscribe(url, payload, sink, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error instanceof SubscribeTooLarge ? new GraphError('OPERATION_TOO_LARGE', {}, language) : unavailable()
    }
  }

  // Told to the subgraph at once, not when the event under way is done.
  const stop = (): void => {
    events.drop()
    unsubscribe()
  }
  try {
    await open()
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    for await (const event of events) {
      const result = await stream.answer(event, requester)
      if (signal.aborted) return
      await context.deliver(result)
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}
