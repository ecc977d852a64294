import { GraphError } from '@vardgraf/errors'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { SubscribeTooLarge } from '../upstream/socket.js'
import type { Upstreams } from '../upstream/sockets.js'
import { type Budget, Mailbox } from './mailbox.js'
import { OperationRefused, type Ports, type PreparedStream, type Requester, type UpstreamEvent } from './ports.js'

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

/**
 * One federated subscription, from its opening to its end: the primary operation runs at its subgraph, and each of its events is
 * completed from the others, one at a time, in order.
 * @throws OperationRefused or GraphError with what ended it; returns when the subgraph completed it or the signal aborted.
 */
export async function runStream(stream: PreparedStream, context: StreamContext): Promise<void> {
  const { requester, upstreams, ports } = context
  const { signal, language } = requester
  let unsubscribe = (): void => {}
  const unavailable = (): GraphError => new GraphError('SUBGRAPH_UNAVAILABLE', { service: stream.primary.service }, language)

  const events = new Mailbox<UpstreamEvent>(context.queuedEvents, context.budget, () => {
    // Not what is queued either: the process needs the room, and who resumes after the last event she got misses none.
    events.drop(new GraphError('STREAM_OVERLOADED', {}, language))
    unsubscribe()
  })

  /** What is queued still goes out, so that who resumes after it has come further, however large the burst was. */
  const overflow = (bytes: number): void => {
    const hopeless = bytes > context.budget.bytes
    events.end(new GraphError(hopeless ? 'OPERATION_TOO_COMPLEX' : 'STREAM_OVERLOADED', {}, language))
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
        events.end(new OperationRefused(errors.map((error) => ports.outward(error, requester)))),
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
      if (isEmpty(result)) throw new OperationRefused(reasonsOf(result, requester))
      await context.deliver(result)
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

/** Why an event has no data. Sent as an event, it would be one that nobody can show, and that nobody gets again. */
function reasonsOf({ errors = [] }: FormattedExecutionResult, { language, requestId }: Requester): GraphQLFormattedError[] {
  // A client looks at the first: what passes may be why, then to come back is right.
  const reasons = [...errors].sort((a, b) => Number(isRetryable(b)) - Number(isRetryable(a)))
  return reasons.length > 0 ? reasons : [new GraphError('INTERNAL', { requestId }, language).toJSON()]
}

/** Whether nothing of the event is left: by a fault, or because something that passes took the root field with it. */
const isEmpty = ({ data, errors = [] }: FormattedExecutionResult): boolean =>
  !data || (errors.some(isRetryable) && Object.values(data).every((value) => value === null))

const isRetryable = ({ extensions }: GraphQLFormattedError): boolean => extensions?.retryable === true
