import { randomUUID } from 'node:crypto'
import { GraphError, retryAfterMs } from '@vardgraf/errors'
import { type Clock, inWork, type Logger, REQUEST_ID_HEADER, requestIdOf } from '@vardgraf/process'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { MessageType, parseMessage, type SubscribePayload } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { Upstreams } from '../upstream/sockets.js'
import type { Admission, Place } from './admission.js'
import { type CloseName, closeReasons } from './close-codes.js'
import { Budget } from './mailbox.js'
import { Operation } from './operation.js'
import { type Credentials, type Identity, OperationRefused, type Ports } from './ports.js'
import { runStream } from './stream.js'
import type { Share, Waiter, WaitingBytes } from './waiting.js'

export interface SessionOptions {
  initTimeoutMs: number
  operationsPerSocket: number
  /** Events that may wait in one stream while the client, or another subgraph, is slow; a long replay comes as a burst. */
  queuedEvents: number
  /** Bytes that may wait in all streams of a socket. */
  queuedBytes: number
  /** Bytes of an event or an answer as sent; a larger one ends its operation. */
  eventBytes: number
  /** Bytes that may wait in the socket itself. */
  bufferedBytes: number
  /** How long a client may take none of what waits in its socket. */
  stallMs: number
  /** How long an anonymous socket may be open without an operation. */
  anonymousIdleMs: number
}

export interface SessionContext {
  ports: Ports
  upstreams: Upstreams
  clock: Clock
  log: Logger
  options: SessionOptions
  /** Credentials of the HTTP upgrade, used where `connection_init` says nothing. */
  upgrade: Credentials
  /** Where it comes from. Never logged. */
  address: string
  admission: Admission
  waiting: WaitingBytes
}

/** A socket that is refused for its number is cut this soon when it does not answer the close: it must not take up room meanwhile. */
const cutAfterMs = 500

/**
 * One client's socket: the server's side of `graphql-transport-ws`, with a user that does not change while it lives.
 *
 * Not graphql-ws' own server: there an id that the client completes and uses again is confused with the operation that is still
 * ending (the old one ends the new one's stream, or outlives the socket), and nothing says which part of the pipeline is slow.
 */
export class Session implements Waiter {
  /** For the log: says nothing of who it is. */
  private readonly id = randomUUID()
  private readonly openedAt = performance.now()
  private begun = 0
  private identity: Identity | undefined
  private initReceived = false
  private closed = false
  private draining = false
  private alive = true
  /** Messages that the socket has not taken, and when it last took one, or had none to take. */
  private unsent = 0
  private unsentBytes = 0
  private progressAt = 0
  /** When it last had an operation, or became ready for one. */
  private usedAt = performance.now()
  /** What the client knows as live, by its id. */
  private readonly live = new Map<string, Operation>()
  /** What still runs, with operations that the client has completed already. */
  private readonly running = new Set<Operation>()
  private readonly share: Share
  private readonly budget: Budget
  private readonly place: Place
  private readonly initTimer: NodeJS.Timeout

  constructor(
    private readonly socket: WebSocket,
    private readonly context: SessionContext,
  ) {
    this.share = context.waiting.join(this)
    this.budget = new Budget(context.options.queuedBytes, this.share)
    this.place = context.admission.arrive(context.address, () => this.cut('INIT_TIMEOUT'))
    this.initTimer = setTimeout(() => this.close('INIT_TIMEOUT'), context.options.initTimeoutMs)
    socket.on('message', (data) => this.receive(String(data)))
    socket.on('pong', () => {
      this.alive = true
    })
    // ws closes the socket by itself after a protocol error, e.g. a frame over the limit.
    socket.on('error', (error) => context.log.debug({ err: error }, 'client socket failed'))
    socket.on('close', (code) => this.ended(code))
    if (socket.protocol === '') this.close('SUBPROTOCOL_NOT_ACCEPTABLE')
  }

  /** Operations that run for this client. */
  get load(): number {
    return this.running.size
  }

  /** Closes the socket once its login is over, or cannot be relied on any more; true when it did. */
  expire(): boolean {
    const standing = this.identity?.standing(this.context.clock.now()) ?? 'GOOD'
    if (standing === 'ENDED') this.close('TOKEN_EXPIRED')
    if (standing === 'UNKNOWN') this.close('TRY_AGAIN_LATER')
    return standing !== 'GOOD'
  }

  /** Closes the socket of a client that has stopped reading. */
  unstall(): void {
    if (this.unsent > 0 && performance.now() - this.progressAt > this.context.options.stallMs) this.close('SLOW_CONSUMER')
  }

  /** Closes an anonymous socket that nobody uses. */
  tire(): void {
    if (this.identity?.viewer.kind !== 'ANONYMOUS' || this.running.size > 0) return
    if (performance.now() - this.usedAt > this.context.options.anonymousIdleMs) this.cut('IDLE')
  }

  /** Too much waits in the process, and the most of it here: the stream that holds the most ends, or else the socket. */
  relieve(): void {
    const queue = this.budget.largest()
    if (queue && queue.bytes >= this.unsentBytes) {
      queue.relieve()
      return
    }
    this.close('SLOW_CONSUMER')
    // The close would wait behind what the client does not read.
    this.socket.terminate()
    this.share.close()
  }

  /** Drops a client that did not answer the last ping. */
  ping(): void {
    if (!this.alive) return void this.socket.terminate()
    this.alive = false
    this.socket.ping()
  }

  /** Takes no more operations, lets mutations and queries under way finish, then tells the client to come back. */
  drain(): void {
    this.draining = true
    this.closeWhenDrained()
  }

  close(name: CloseName): void {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.initTimer)
    for (const operation of this.running) operation.cancel()
    const reason = name === 'SERVICE_RESTART' ? `${name} retryAfterMs=${retryAfterMs()}` : name
    this.socket.close(closeReasons[name].code, reason)
  }

  private cut(name: CloseName): void {
    this.close(name)
    setTimeout(() => this.socket.terminate(), cutAfterMs).unref()
  }

  private ended(code: number): void {
    this.closed = true
    this.place.leave()
    this.share.close()
    const seconds = Math.round((performance.now() - this.openedAt) / 1000)
    this.context.log.info(
      { socket: this.id, viewer: this.identity?.viewer.kind, code, seconds, operations: this.begun },
      'a socket closed',
    )
    clearTimeout(this.initTimer)
    for (const operation of this.running) operation.cancel()
  }

  private receive(text: string): void {
    if (this.closed) return
    let message: ReturnType<typeof parseMessage>
    try {
      message = parseMessage(text)
    } catch {
      return void this.close('BAD_REQUEST')
    }
    switch (message.type) {
      case MessageType.ConnectionInit:
        return void this.connect(message.payload ?? {})
      case MessageType.Ping:
        return void this.send({ type: MessageType.Pong, ...(message.payload && { payload: message.payload }) })
      case MessageType.Pong:
        return
      case MessageType.Subscribe:
        return void this.begin(message.id, message.payload)
      case MessageType.Complete:
        return void this.complete(message.id)
      default:
        return void this.close('BAD_REQUEST')
    }
  }

  private async connect(payload: Record<string, unknown>): Promise<void> {
    if (this.initReceived) return void this.close('TOO_MANY_INIT_REQUESTS')
    this.initReceived = true
    clearTimeout(this.initTimer)
    this.place.spoke()
    let identity: Identity
    try {
      identity = await this.context.ports.authenticate({
        authorization: text(payload.authorization) ?? text(payload.Authorization) ?? this.context.upgrade.authorization,
        acceptLanguage: text(payload.acceptLanguage) ?? this.context.upgrade.acceptLanguage,
      })
    } catch (error) {
      if (!(error instanceof GraphError)) this.context.log.error({ socket: this.id, err: error }, 'a login cannot be checked')
      return void this.close(refusalOf(error))
    }
    // It may have closed while the login was checked.
    if (this.closed) return
    if (!this.place.identify(identity.viewer)) return void this.cut('TOO_MANY_SOCKETS')
    this.identity = identity
    this.usedAt = performance.now()
    if (!this.expire()) void this.send({ type: MessageType.ConnectionAck })
  }

  private begin(id: string, payload: SubscribePayload): void {
    const { identity } = this
    if (!identity) return void this.close('UNAUTHENTICATED')
    if (this.live.has(id)) return void this.close('SUBSCRIBER_ALREADY_EXISTS')
    if (this.expire()) return
    const refusal = this.refusalOfOperation(identity)
    if (refusal) return void this.send({ id, type: MessageType.Error, payload: [refusal.toJSON()] })
    const operation = new Operation(id, requestIdOf(payload.extensions?.[REQUEST_ID_HEADER]))
    this.live.set(id, operation)
    this.running.add(operation)
    this.begun += 1
    inWork({ requestId: operation.requestId }, () =>
      this.run(operation, payload, identity).then(
        () => this.end(operation, { id, type: MessageType.Complete }, ['COMPLETE']),
        (error) => {
          // Given up by the client, or closed: what it meant to the fetches under way is nobody's error.
          const errors = operation.signal.aborted ? [] : this.errorsOf(error, operation, identity)
          const codes = errors.map(({ extensions }) => extensions?.code)
          this.end(operation, { id, type: MessageType.Error, payload: errors }, codes)
        },
      ),
    )
  }

  /** Why there may be no operation more; null when it has been counted in. */
  private refusalOfOperation({ language }: Identity): GraphError | null {
    const { operationsPerSocket } = this.context.options
    if (this.running.size >= operationsPerSocket)
      return new GraphError('TOO_MANY_OPERATIONS', { limit: 'socket', max: operationsPerSocket }, language)
    if (this.draining) return new GraphError('SERVICE_RESTART', {}, language)
    return this.place.begin() ? null : new GraphError('TOO_MANY_OPERATIONS', { limit: 'viewer' }, language)
  }

  /** Runs the operation to its end. Whatever comes after the client's `complete` is not sent. */
  private async run(operation: Operation, payload: SubscribePayload, identity: Identity): Promise<void> {
    const { ports, upstreams, options } = this.context
    const { query, operationName, variables } = payload
    const request = { query, operationName: operationName ?? undefined, variables: variables ?? {} }
    const { signal, requestId } = operation
    const requester = { ...identity, signal, requestId }
    const prepared = await ports.prepare(request, requester)
    if (signal.aborted) return
    operation.planned(prepared)
    const deliver = async (result: FormattedExecutionResult): Promise<void> => {
      // Checked for each event, not only when the timer looks: nothing is sent after the last second of the login.
      if (this.live.get(operation.id) !== operation || this.expire()) return
      const frame = JSON.stringify({ id: operation.id, type: MessageType.Next, payload: result })
      if (Buffer.byteLength(frame) > options.eventBytes) throw new GraphError('OPERATION_TOO_COMPLEX', {}, identity.language)
      operation.sent += 1
      return this.sendFrame(frame)
    }
    if (prepared.kind === 'SUBSCRIPTION') {
      return runStream(prepared, {
        ports,
        upstreams,
        queuedEvents: options.queuedEvents,
        budget: this.budget,
        requester,
        deliver,
      })
    }
    await deliver(await prepared.run(requester))
  }

  private complete(id: string): void {
    const operation = this.live.get(id)
    this.live.delete(id)
    if (operation) operation.cancel()
  }

  private end(operation: Operation, message: Record<string, unknown>, codes: unknown[]): void {
    this.running.delete(operation)
    this.place.end()
    this.usedAt = performance.now()
    this.context.log.info({ socket: this.id, ...operation.line(codes) }, 'an operation on a socket ended')
    if (this.live.get(operation.id) === operation) {
      this.live.delete(operation.id)
      // Whichever sees the end of the login first, the client is told by the same code; a subgraph's clock may be a moment ahead of ours.
      if (codes.includes('SESSION_ENDED')) this.close('TOKEN_EXPIRED')
      if (!this.closed && !this.expire()) void this.send(message)
    }
    if (this.draining) this.closeWhenDrained()
  }

  private closeWhenDrained(): void {
    if ([...this.running].every((operation) => operation.isStream)) this.close('SERVICE_RESTART')
  }

  private errorsOf(error: unknown, { requestId }: Operation, { language }: Identity): readonly GraphQLFormattedError[] {
    if (error instanceof OperationRefused) return error.errors
    if (error instanceof GraphError) return [error.toJSON()]
    this.context.log.error({ socket: this.id, err: error }, 'an operation over a socket failed')
    return [new GraphError('INTERNAL', { requestId }, language).toJSON()]
  }

  private send(message: Record<string, unknown>): Promise<void> {
    return this.sendFrame(JSON.stringify(message))
  }

  /** Resolves when the socket has taken the message, or will never take any. */
  private sendFrame(frame: string): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.resolve()
    if (this.socket.bufferedAmount > this.context.options.bufferedBytes) {
      this.close('SLOW_CONSUMER')
      return Promise.resolve()
    }
    if (this.unsent === 0) this.progressAt = performance.now()
    const bytes = Buffer.byteLength(frame)
    this.unsent += 1
    return new Promise((resolve) => {
      this.socket.send(frame, () => {
        this.unsent -= 1
        this.unsentBytes -= bytes
        this.share.give(bytes)
        this.progressAt = performance.now()
        resolve()
      })
      this.unsentBytes += bytes
      this.share.take(bytes)
    })
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function refusalOf(error: unknown): CloseName {
  if (!(error instanceof GraphError)) return 'TRY_AGAIN_LATER'
  return error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN' ? error.code : 'TRY_AGAIN_LATER'
}
