import { WebSocket } from 'ws'
import { connectionParams } from './test-login.js'
import { until } from './until.js'

/** A client's socket on which a test can send anything. */
export class RawSocket {
  readonly messages: { type: string; id?: string; payload?: unknown }[] = []
  readonly closed: Promise<{ code: number; reason: string }>
  readonly socket: WebSocket

  constructor(url: string, options: ConstructorParameters<typeof WebSocket>[2] = {}, protocol = 'graphql-transport-ws') {
    this.socket = new WebSocket(url, protocol, options)
    this.socket.on('message', (data) => this.messages.push(JSON.parse(String(data))))
    this.socket.on('error', () => {})
    this.closed = new Promise((resolve) => this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })))
  }

  /** Connects as a user and waits for the acknowledgement. */
  static async as(url: string, token: string, options?: ConstructorParameters<typeof WebSocket>[2]): Promise<RawSocket> {
    const raw = new RawSocket(url, options)
    await raw.send({ type: 'connection_init', payload: connectionParams(token) })
    await until(() => raw.messages.some(({ type }) => type === 'connection_ack'))
    return raw
  }

  async send(message: unknown): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await new Promise((opened) => this.socket.once('open', opened))
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): Promise<void> {
    return this.send({ id, type: 'subscribe', payload: { query, variables } })
  }

  /** The payloads of an operation's `next` messages. */
  next(id: string): unknown[] {
    return this.messages.filter((message) => message.type === 'next' && message.id === id).map(({ payload }) => payload)
  }

  /** Stops reading, as a client that hangs. */
  pause(): void {
    this.socket.pause()
  }

  resume(): void {
    this.socket.resume()
  }
}
