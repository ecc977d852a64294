import { GraphError } from '@vardgraf/errors'
import { inWork, type Logger, REQUEST_ID_HEADER, requestIdOf } from '@vardgraf/process'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { MessageType, type SubscribePayload } from 'graphql-ws'
import type { Asker, Pipeline } from '../pipeline.js'
import type { Upstreams } from '../upstream/sockets.js'
import type { Place } from './admission.js'
import type { CloseName } from './close-codes.js'
import type { Identity } from './identity.js'
import type { Budget } from './mailbox.js'
import { Operation } from './operation.js'
import type { Outbox } from './outbox.js'
import { runStream, StreamEnded } from './stream.js'

export interface OperationLimits {
  operationsPerSocket: number
  /** Events that may wait in one stream while the client or another subgraph is slow. A long replay comes all at once. */
  queuedEvents: number
  /** Bytes of an event or an answer as sent; a larger one ends its operation. */
  eventBytes: number
}

/** The socket that the operations run on. */
export interface Host {
  /** For the log. */
  readonly id: string
  readonly closed: boolean
  readonly draining: boolean
  readonly place: Place
  readonly budget: Budget
  readonly outbox: Outbox
  /** Closes the socket when its login has expired; true when it did. */
  expire(): boolean
  close(name: CloseName): void
}

export interface OperationsContext {
  pipeline: Pipeline
  upstreams: Upstreams
  options: OperationLimits
  log: Logger
}

/** The operations of one client's socket. */
export class SocketOperations {
  /** How many have begun. */
  begun = 0
  /** When the last operation ended, or the socket became ready for the first. */
  usedAt = performance.now()
  /** Operations that the client has not completed, by its id. */
  private readonly live = new Map<string, Operation>()
  /** Operations that still run, also those that the client has completed. */
  private readonly running = new Set<Operation>()

  constructor(
    private readonly host: Host,
    private readonly context: OperationsContext,
  ) {}

  /** How many run. */
  get load(): number {
    return this.running.size
  }

  /** Whether only streams run: queries and mutations end by themselves. */
  get onlyStreams(): boolean {
    return [...this.running].every((operation) => operation.isStream)
  }

  cancelAll(): void {
    for (const operation of this.running) operation.cancel()
  }

  begin(id: string, payload: SubscribePayload, identity: Identity): void {
    const { host } = this
    if (this.live.has(id)) return void host.close('SUBSCRIBER_ALREADY_EXISTS')
    if (host.expire()) return
    const refusal = this.refusal(identity)
    if (refusal) return void host.outbox.send({ id, type: MessageType.Error, payload: [refusal.toJSON()] })
    const operation = new Operation(id, requestIdOf(payload.extensions?.[REQUEST_ID_HEADER]))
    this.live.set(id, operation)
    this.running.add(operation)
    this.begun += 1
    const asker = { viewer: identity.viewer, language: identity.language, requestId: operation.requestId }
    inWork({ requestId: operation.requestId }, () =>
      this.run(operation, payload, asker).then(
        () => this.end(operation, { id, type: MessageType.Complete }, ['COMPLETE']),
        (error) => {
          // The client gave it up, or the socket closed: what that did to the fetches under way is not an error.
          const errors = operation.signal.aborted ? [] : this.errorsOf(error, asker)
          const codes = errors.map(({ extensions }) => extensions?.code)
          this.end(operation, { id, type: MessageType.Error, payload: errors }, codes)
        },
      ),
    )
  }

  complete(id: string): void {
    const operation = this.live.get(id)
    this.live.delete(id)
    if (operation) operation.cancel()
  }

  /** Why one more operation is refused; null when it is accepted and counted. */
  private refusal({ language }: Identity): GraphError | null {
    const { operationsPerSocket } = this.context.options
    if (this.running.size >= operationsPerSocket)
      return new GraphError('TOO_MANY_OPERATIONS', { limit: 'socket', max: operationsPerSocket }, language)
    if (this.host.draining) return new GraphError('SERVICE_RESTART', {}, language)
    return this.host.place.begin() ? null : new GraphError('TOO_MANY_OPERATIONS', { limit: 'viewer' }, language)
  }

  /** Runs the operation to its end. Whatever comes after the client's `complete` is not sent. */
  private async run(operation: Operation, payload: SubscribePayload, asker: Asker): Promise<void> {
    const { pipeline, upstreams, options } = this.context
    const { signal } = operation
    const variables = payload.variables ?? {}
    const prepared = await pipeline.prepare({
      query: payload.query,
      operationName: payload.operationName ?? undefined,
      variables,
    })
    if (signal.aborted) return
    operation.planned(prepared)
    const deliver = (result: FormattedExecutionResult): Promise<void> => this.deliver(operation, result, asker)
    if (!operation.isStream) return deliver(await pipeline.run(prepared, variables, asker, { signal }))
    const { budget } = this.host
    const outward = (error: GraphQLFormattedError): GraphQLFormattedError => pipeline.outward(error, asker)
    const stream = pipeline.stream(prepared, variables, asker, signal)
    return runStream(stream, { upstreams, queuedEvents: options.queuedEvents, budget, asker, signal, outward, deliver })
  }

  private async deliver(operation: Operation, result: FormattedExecutionResult, { language }: Asker): Promise<void> {
    const { host } = this
    // Checked for each event, not only by the timer: nothing is sent after the login has expired.
    if (this.live.get(operation.id) !== operation || host.expire()) return
    const frame = JSON.stringify({ id: operation.id, type: MessageType.Next, payload: result })
    if (Buffer.byteLength(frame) > this.context.options.eventBytes) throw new GraphError('OPERATION_TOO_COMPLEX', {}, language)
    operation.sent += 1
    return host.outbox.sendFrame(frame)
  }

  private end(operation: Operation, message: Record<string, unknown>, codes: unknown[]): void {
    const { host } = this
    this.running.delete(operation)
    host.place.end()
    this.usedAt = performance.now()
    this.context.log.info({ socket: host.id, ...operation.line(codes) }, 'an operation on a socket ended')
    if (this.live.get(operation.id) === operation) {
      this.live.delete(operation.id)
      // A subgraph's clock may be slightly ahead of ours. In both cases the client gets the same close code.
      if (codes.includes('SESSION_ENDED')) host.close('TOKEN_EXPIRED')
      if (!host.closed && !host.expire()) void host.outbox.send(message)
    }
    if (host.draining && this.onlyStreams) host.close('SERVICE_RESTART')
  }

  private errorsOf(error: unknown, asker: Asker): readonly GraphQLFormattedError[] {
    return error instanceof StreamEnded ? error.errors : this.context.pipeline.errorsOf(error, asker)
  }
}
