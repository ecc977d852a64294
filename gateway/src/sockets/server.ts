import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, Logger } from '@vardgraf/process'
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws'
import { WebSocketServer } from 'ws'
import type { Pipeline } from '../pipeline.js'
import type { Upstreams } from '../upstream/sockets.js'
import { Admission, type AdmissionLimits } from './admission.js'
import { Session, type SessionOptions } from './session.js'
import { WaitingBytes } from './waiting.js'

export interface StreamServerOptions extends SessionOptions, AdmissionLimits {
  path: string
  maxSockets: number
  /** Bytes that may wait in all queues and sockets of the process. */
  waitingBytes: number
  maxMessageBytes: number
  pingEveryMs: number
  /** How long a client may take to answer a close before its connection is cut. */
  closeTimeoutMs: number
  /** How long mutations and queries under way may take at shutdown. */
  drainTimeoutMs: number
}

export const defaultStreamServerOptions: StreamServerOptions = {
  path: '/graphql',
  maxSockets: 20_000,
  socketsPerViewer: 20,
  operationsPerViewer: 200,
  socketsPerAddress: 100,
  anonymousSockets: 5_000,
  anonymousIdleMs: 60_000,
  waitingBytes: 256 * 1024 * 1024,
  maxMessageBytes: 256 * 1024,
  pingEveryMs: 30_000,
  closeTimeoutMs: 5_000,
  drainTimeoutMs: 10_000,
  initTimeoutMs: 5_000,
  operationsPerSocket: 100,
  queuedEvents: 2_000,
  queuedBytes: 4 * 1024 * 1024,
  eventBytes: 4 * 1024 * 1024,
  bufferedBytes: 4 * 1024 * 1024,
  stallMs: 15_000,
}

const checkMs = 500

export interface StreamServerContext {
  pipeline: Pipeline
  /** Whether the origin in an upgrade's headers is allowed. */
  admits(headers: IncomingHttpHeaders): boolean
  /** The client's address, by which anonymous sockets are counted. */
  addressOf(request: IncomingMessage): string
  upstreams: Upstreams
  clock: Clock
  log: Logger
  options: StreamServerOptions
}

/** The gateway's WebSocket endpoint: accepts clients, and closes sockets that are expired, stalled, idle or dead. */
export class StreamServer {
  private readonly sockets: WebSocketServer
  private readonly sessions = new Set<Session>()
  private readonly admission: Admission
  private readonly waiting: WaitingBytes
  private readonly timers: NodeJS.Timeout[]
  private readonly stopFollowingClock: () => void
  private draining = false

  constructor(private readonly context: StreamServerContext) {
    const { options, clock } = context
    this.admission = new Admission(options)
    this.waiting = new WaitingBytes(options.waitingBytes)
    // Not passed as a literal: the types of `ws` do not know closeTimeout yet.
    const socketOptions = {
      noServer: true,
      clientTracking: false,
      maxPayload: options.maxMessageBytes,
      perMessageDeflate: false,
      closeTimeout: options.closeTimeoutMs,
      handleProtocols: (offered: Set<string>) =>
        offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
    }
    this.sockets = new WebSocketServer(socketOptions)
    const expire = (): void => {
      for (const session of this.sessions) session.expire()
    }
    const check = (): void => {
      for (const session of this.sessions) {
        if (session.expire()) continue
        session.unstall()
        session.tire()
      }
    }
    const ping = (): void => {
      for (const session of this.sessions) session.ping()
    }
    this.timers = [setInterval(check, checkMs), setInterval(ping, options.pingEveryMs)]
    this.stopFollowingClock = clock.onJump(expire)
  }

  /** Serves the upgrades of an HTTP server. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
  }

  stats(): { sockets: number; operations: number } {
    return { sockets: this.sessions.size, operations: [...this.sessions].reduce((sum, session) => sum + session.load, 0) }
  }

  /** Finishes queries and mutations, then closes every socket. Each client is told another time to come back. */
  async drain(): Promise<void> {
    this.draining = true
    for (const session of this.sessions) session.drain()
    const deadline = performance.now() + this.context.options.drainTimeoutMs
    while (this.sessions.size > 0 && performance.now() < deadline) await delay(25)
    for (const session of this.sessions) session.close('SERVICE_RESTART')
    for (const timer of this.timers) clearInterval(timer)
    this.stopFollowingClock()
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = this.refusalOf(request)
    if (refusal) {
      socket.on('error', () => {})
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const { authorization, 'accept-language': acceptLanguage } = request.headers
    const { admission, waiting } = this
    const address = this.context.addressOf(request)
    this.sockets.handleUpgrade(request, socket, head, (client) => {
      const session = new Session(client, {
        ...this.context,
        upgrade: { authorization, acceptLanguage },
        address,
        admission,
        waiting,
      })
      this.sessions.add(session)
      client.once('close', () => this.sessions.delete(session))
    })
  }

  private refusalOf({ url, headers }: IncomingMessage): string | null {
    const { options, admits } = this.context
    if (url?.split('?')[0] !== options.path) return '404 Not Found'
    if (!admits(headers)) return '403 Forbidden'
    if (this.draining || this.sessions.size >= options.maxSockets) return '503 Service Unavailable\r\nRetry-After: 2'
    return null
  }
}
