import { randomUUID } from 'node:crypto'
import { GraphError, retryAfterMs } from '@vardgraf/errors'
import type { Clock } from '@vardgraf/process'
import { MessageType, parseMessage } from 'graphql-ws'
import type { WebSocket } from 'ws'
import { languageOf } from '../login/viewer.js'
import type { Admission, Place } from './admission.js'
import { type CloseName, closeReasons } from './close-codes.js'
import type { Credentials, Identity } from './identity.js'
import { Budget } from './mailbox.js'
import { type Host, type OperationLimits, type OperationsContext, SocketOperations } from './operations.js'
import { Outbox } from './outbox.js'
import type { Share, Waiter, WaitingBytes } from './waiting.js'

export interface SessionOptions extends OperationLimits {
  initTimeoutMs: number
  /** Bytes that may wait in all streams of a socket. */
  queuedBytes: number
  /** Bytes that may wait in the socket itself. */
  bufferedBytes: number
  /** How long a client may read nothing while messages wait for it. */
  stallMs: number
  /** How long an anonymous socket may be open without an operation. */
  anonymousIdleMs: number
}

export interface SessionContext extends OperationsContext {
  clock: Clock
  options: SessionOptions
  /** Credentials of the HTTP upgrade, used where `connection_init` says nothing. */
  upgrade: Credentials
  /** The client's address. Never logged. */
  address: string
  admission: Admission
  waiting: WaitingBytes
}

/** A refused socket that does not answer the close is cut after this time, so that it does not take up room. */
const cutAfterMs = 500

/**
 * One client's socket: the server's side of `graphql-transport-ws`. Its user never changes.
 *
 * Not the server of graphql-ws: when a client completes an id and uses it again, that server confuses the new operation with the old one
 * that is still ending. The old one then ends the new one's stream, or goes on after the socket has closed. Nor does it tell a client
 * that reads too slowly from a subgraph that answers too slowly.
 */
export class Session implements Waiter, Host {
  /** Names the socket in the log; it does not identify the viewer. */
  readonly id = randomUUID()
  readonly place: Place
  readonly budget: Budget
  readonly outbox: Outbox
  closed = false
  draining = false
  private readonly openedAt = performance.now()
  private identity: Identity | undefined
  private initReceived = false
  private alive = true
  private readonly operations: SocketOperations
  private readonly share: Share
  private readonly initTimer: NodeJS.Timeout

  constructor(
    private readonly socket: WebSocket,
    private readonly context: SessionContext,
  ) {
    const { options, waiting, admission, log } = context
    this.share = waiting.join(this)
    this.budget = new Budget(options.queuedBytes, this.share)
    this.outbox = new Outbox(socket, this.share, options.bufferedBytes, () => this.close('SLOW_CONSUMER'))
    this.place = admission.arrive(context.address, () => this.cut('INIT_TIMEOUT'))
    this.operations = new SocketOperations(this, context)
    this.initTimer = setTimeout(() => this.close('INIT_TIMEOUT'), options.initTimeoutMs)
    socket.on('message', (data) => this.receive(String(data)))
    socket.on('pong', () => {
      this.alive = true
    })
    // ws closes the socket by itself after a protocol error, e.g. a frame over the limit.
    socket.on('error', (error) => log.debug({ err: error }, 'client socket failed'))
    socket.on('close', (code) => this.ended(code))
    if (socket.protocol === '') this.close('SUBPROTOCOL_NOT_ACCEPTABLE')
  }

  /** Operations that run for this client. */
  get load(): number {
    return this.operations.load
  }

  /** Closes the socket when its login has expired, or can no longer be checked; true when it did. */
  expire(): boolean {
    const standing = this.identity?.standing(this.context.clock.now()) ?? 'GOOD'
    if (standing === 'ENDED') this.close('TOKEN_EXPIRED')
    if (standing === 'UNKNOWN') this.close('TRY_AGAIN_LATER')
    return standing !== 'GOOD'
  }

  /** Closes the socket of a client that has stopped reading. */
  unstall(): void {
    if (this.outbox.stalled(this.context.options.stallMs)) this.close('SLOW_CONSUMER')
  }

  /** Closes an anonymous socket that has been unused for too long. */
  tire(): void {
    if (this.identity?.viewer.kind !== 'ANONYMOUS' || this.operations.load > 0) return
    if (performance.now() - this.operations.usedAt > this.context.options.anonymousIdleMs) this.cut('IDLE')
  }

  /** Too many bytes wait in the process, and most of them here. Ends the stream that holds the most, or the socket. */
  relieve(): void {
    const queue = this.budget.largest()
    if (queue && queue.bytes >= this.outbox.bytes) {
      queue.relieve()
      return
    }
    this.close('SLOW_CONSUMER')
    // The close message would wait behind the messages that the client does not read.
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
    if (this.operations.onlyStreams) this.close('SERVICE_RESTART')
  }

  close(name: CloseName): void {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.initTimer)
    this.operations.cancelAll()
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
      { socket: this.id, viewer: this.identity?.viewer.kind, code, seconds, operations: this.operations.begun },
      'a socket closed',
    )
    clearTimeout(this.initTimer)
    this.operations.cancelAll()
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
        return void this.outbox.send({ type: MessageType.Pong, ...(message.payload && { payload: message.payload }) })
      case MessageType.Pong:
        return
      case MessageType.Subscribe:
        if (!this.identity) return void this.close('UNAUTHENTICATED')
        return void this.operations.begin(message.id, message.payload, this.identity)
      case MessageType.Complete:
        return void this.operations.complete(message.id)
      default:
        return void this.close('BAD_REQUEST')
    }
  }

  private async connect(payload: Record<string, unknown>): Promise<void> {
    if (this.initReceived) return void this.close('TOO_MANY_INIT_REQUESTS')
    this.initReceived = true
    clearTimeout(this.initTimer)
    this.place.spoke()
    const { upgrade, pipeline, log } = this.context
    const authorization = text(payload.authorization) ?? text(payload.Authorization) ?? upgrade.authorization
    const language = languageOf(text(payload.acceptLanguage) ?? upgrade.acceptLanguage)
    let identity: Identity
    try {
      identity = { ...(await pipeline.login(authorization, language)), language }
    } catch (error) {
      if (!(error instanceof GraphError)) log.error({ socket: this.id, err: error }, 'a login cannot be checked')
      return void this.close(refusalOf(error))
    }
    // The socket may have closed while the login was checked.
    if (this.closed) return
    if (!this.place.identify(identity.viewer)) return void this.cut('TOO_MANY_SOCKETS')
    this.identity = identity
    this.operations.usedAt = performance.now()
    if (!this.expire()) void this.outbox.send({ type: MessageType.ConnectionAck })
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function refusalOf(error: unknown): CloseName {
  if (!(error instanceof GraphError)) return 'TRY_AGAIN_LATER'
  return error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN' ? error.code : 'TRY_AGAIN_LATER'
}
