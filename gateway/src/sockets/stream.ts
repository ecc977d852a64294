import { GraphError } from '@vardgraf/errors'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import type { Asker, PlannedStream } from '../pipeline.js'
import type { SubgraphResponse } from '../upstream/response.js'
import { SubscribeTooLarge } from '../upstream/socket.js'
import type { Upstreams } from '../upstream/sockets.js'
import { type Budget, Mailbox } from './mailbox.js'

/** The stream ended, or never started, with these errors; they may be sent to the client. */
export class StreamEnded extends Error {
  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super(errors.map((error) => error.message).join('; '))
  }
}

export interface StreamContext {
  upstreams: Upstreams
  /** Events of this stream that may wait. */
  queuedEvents: number
  /** Shared with the other streams on the socket. */
  budget: Budget
  asker: Asker
  /** The client completed the subscription, or its socket closed. */
  signal: AbortSignal
  /** An error from a subgraph, as the client may see it. */
  outward(error: GraphQLFormattedError): GraphQLFormattedError
  /** Resolves when the client's socket has taken the event. */
  deliver(result: FormattedExecutionResult): Promise<void>
}

/**
 * One federated subscription, from its opening to its end: the primary operation runs at its subgraph, and each of its events is
 * completed from the others, one at a time, in order.
 * @throws StreamEnded or GraphError with what ended it; returns when the subgraph completed it or the signal aborted.
 */
export async function runStream(stream: PlannedStream, context: StreamContext): Promise<void> {
  const { asker, signal, upstreams } = context
  const { language } = asker
  let unsubscribe = (): void => {}
  const unavailable = (): GraphError => new GraphError('SUBGRAPH_UNAVAILABLE', { service: stream.service }, language)

  const events = new Mailbox<SubgraphResponse>(context.queuedEvents, context.budget, () => {
    // The queued events are dropped too: the process needs the room. A client that resumes after its last event misses none.
    events.drop(new GraphError('STREAM_OVERLOADED', {}, language))
    unsubscribe()
  })

  /** The queued events are still sent, so that a client that resumes after them makes progress, however many events come at once. */
  const overflow = (bytes: number): void => {
    const hopeless = bytes > context.budget.bytes
    events.end(new GraphError(hopeless ? 'OPERATION_TOO_COMPLEX' : 'STREAM_OVERLOADED', {}, language))
    unsubscribe()
  }

  const open = async (): Promise<void> => {
    const sink = {
      next: (event: SubgraphResponse, bytes: number) => {
        if (!events.push(event, bytes)) overflow(bytes)
      },
      error: (errors: NonNullable<SubgraphResponse['errors']>) =>
        events.end(new StreamEnded(errors.map((error) => context.outward(error)))),
      complete: () => events.end(),
      lost: () => events.end(unavailable()),
    }
    const opening = stream.opening()
    try {
      unsubscribe = await upstreams.subscribe(stream.url, opening, sink, signal)
    } catch (error) {
      if (signal.aborted) return
      throw error instanceof SubscribeTooLarge ? new GraphError('OPERATION_TOO_LARGE', {}, language) : unavailable()
    }
  }

  // The subgraph is told at once, not after the event that is being completed.
  const stop = (): void => {
    events.drop()
    unsubscribe()
  }
  try {
    await open()
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    for await (const event of events) {
      const result = await stream.complete(event)
      if (signal.aborted) return
      if (isEmpty(result)) throw new StreamEnded(reasonsOf(result, asker))
      await context.deliver(result)
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

/** Why an event has no data. It is not sent: the client could not show it, and would not get it again. */
function reasonsOf({ errors = [] }: FormattedExecutionResult, { language, requestId }: Asker): GraphQLFormattedError[] {
  // Clients look at the first error. With a retryable one first, they subscribe again.
  const reasons = [...errors].sort((a, b) => Number(isRetryable(b)) - Number(isRetryable(a)))
  return reasons.length > 0 ? reasons : [new GraphError('INTERNAL', { requestId }, language).toJSON()]
}

/** Whether the event has no data left: because of an error, or because a retryable error made its root field null. */
const isEmpty = ({ data, errors = [] }: FormattedExecutionResult): boolean =>
  !data || (errors.some(isRetryable) && Object.values(data).every((value) => value === null))

const isRetryable = ({ extensions }: GraphQLFormattedError): boolean => extensions?.retryable === true
