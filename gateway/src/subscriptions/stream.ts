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
  /** The client does not read: called instead of dropping an event. */
  tooSlow(): void
}

/** Hint for a client that resumes by itself: spread, so that all of them do not come back in the same moment. */
export const retryAfterMs = (): number => 500 + Math.floor(Math.random() * 2_500)

/**
 * One federated subscription, from its opening to its end: the primary operation runs at its subgraph, and each of its events is
 * completed from the others, one at a time, in order.
 * @throws OperationRefused with the errors that ended it; returns when the subgraph completed it or the signal aborted.
 */
export async function runStream(stream: PreparedStream, context: StreamContext): Promise<void> {
  const { requester, upstreams, ports } = context
  const { signal } = requester
  const events = new Mailbox<UpstreamEvent>(context.queuedEvents, context.budget)
  let delivering = false
  const refuse = (error: GraphError): void => events.drop(new OperationRefused([error.toJSON()]))
  const unavailable = (): OperationRefused => {
    const details = { service: stream.primary.service, retryable: true, retryAfterMs: retryAfterMs() }
    return new OperationRefused([new GraphError('SUBGRAPH_UNAVAILABLE', details, requester.language).toJSON()])
  }
  const overflow = (bytes: number): void => {
    if (bytes > context.budget.bytes) return void refuse(new GraphError('OPERATION_TOO_COMPLEX', {}, requester.language))
    // Whose fault it is decides how it ends: a client that does not read loses its socket, a slow subgraph only ends this stream.
    if (delivering) return void context.tooSlow()
    refuse(new GraphError('STREAM_OVERLOADED', { retryable: true, retryAfterMs: retryAfterMs() }, requester.language))
  }
  const unsubscribe = await open()

  async function open(): Promise<() => void> {
    const { url, query, operationName, variables } = stream.primary
    const extensions = await ports.signedExtensions(requester)
    const sink = {
      next: (event: UpstreamEvent, bytes: number) => {
        if (!events.push(event, bytes)) overflow(bytes)
      },
      error: (errors: NonNullable<UpstreamEvent['errors']>) =>
        events.end(new OperationRefused(errors.map((error) => ports.outward(error, requester.language)))),
      complete: () => events.end(),
      lost: () => events.end(unavailable()),
    }
    try {
      return await upstreams.subscribe(
        url,
        { query, ...(operationName && { operationName }), variables, extensions },
        sink,
        signal,
      )
    } catch (error) {
      if (signal.aborted) return () => {}
      if (error instanceof SubscribeTooLarge) throw new GraphError('OPERATION_TOO_LARGE', {}, requester.language)
      throw unavailable()
    }
  }

  // Told to the subgraph at once, not when the event under way is done.
  const stop = (): void => {
    events.drop()
    unsubscribe()
  }
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    for await (const event of events) {
      const result = await stream.answer(event, requester)
      if (signal.aborted) return
      delivering = true
      await context.deliver(result)
      delivering = false
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}
