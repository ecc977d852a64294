import { WebSocket } from 'ws'

/** A socket without a client's manners: nothing is sent unless it is said, and nothing is read while it is paused. */
export class RawSocket {
  private readonly socket: WebSocket
  private readonly ended = Promise.withResolvers<{ code: number; reason: string }>()
  /** Codes of `error` messages so far. */
  readonly errors: string[] = []
  events = 0

  constructor(url: string) {
    this.socket = new WebSocket(url, 'graphql-transport-ws')
    this.socket.on('message', (data) => this.read(String(data)))
    this.socket.on('close', (code, reason) => this.ended.resolve({ code, reason: String(reason) }))
    // Refused before it was a socket: no close frame tells why, the status does.
    this.socket.on('unexpected-response', (_request, response) => {
      this.ended.resolve({ code: response.statusCode ?? 0, reason: 'refused at the upgrade' })
      response.destroy()
    })
    this.socket.on('error', () => this.ended.resolve({ code: 0, reason: 'the connection broke' }))
  }

  /** How it was closed. */
  get end(): Promise<{ code: number; reason: string }> {
    return this.ended.promise
  }

  /** Resolves once it is open, or closed. */
  async open(): Promise<void> {
    if (this.socket.readyState !== WebSocket.CONNECTING) return
    await Promise.race([new Promise<void>((resolve) => this.socket.once('open', () => resolve())), this.end])
  }

  async init(authorization: string): Promise<void> {
    await this.open()
    const acknowledged = new Promise<void>((resolve) => this.socket.once('message', () => resolve()))
    this.send({ type: 'connection_init', payload: { authorization } })
    await Promise.race([acknowledged, this.end])
  }

  subscribe(id: string, query: string): void {
    this.send({ id, type: 'subscribe', payload: { query } })
  }

  pause(): void {
    this.socket.pause()
  }

  leave(): void {
    this.socket.terminate()
  }

  private send(message: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message))
  }

  private read(text: string): void {
    const { type, payload } = JSON.parse(text) as { type: string; payload?: { extensions?: { code?: string } }[] }
    if (type === 'next') this.events++
    if (type === 'error') this.errors.push(payload?.[0]?.extensions?.code ?? 'an error without a code')
  }
}
