import type { GraphQLFormattedError } from 'graphql'
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, parseMessage, type SubscribePayload } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { SubgraphResponse } from './response.js'

/** Where the messages of one upstream operation go. Exactly one of `error`, `complete` and `lost` ends it. */
export interface Sink {
  /** `bytes` is the length of the frame; it stands for the memory that the event takes. */
  next(event: SubgraphResponse, bytes: number): void
  error(errors: readonly GraphQLFormattedError[]): void
  complete(): void
  /** The socket closed while the operation was running. */
  lost(): void
}

export interface UpstreamSocketOptions {
  connectTimeoutMs: number
  pingEveryMs: number
  maxMessageBytes: number
  maxSubscribeBytes: number
  onClose(socket: UpstreamSocket): void
  onIdle(socket: UpstreamSocket): void
}

const closeTimeoutMs = 2_000

/** The operation is too large for a frame that the subgraph accepts. Sent, it would close the socket under all its streams. */
export class SubscribeTooLarge extends Error {}

/**
 * The client's side of `graphql-transport-ws`: many operations on one socket.
 *
 * Not the client of graphql-ws: it retries with the first payload, but here the signed viewer must be fresh; its `iterate()` buffers
 * without bound; and it does not tell how large a message was.
 */
export class UpstreamSocket {
  private readonly sinks = new Map<string, Sink>()
  private lastId = 0
  private alive = true
  private readonly pings: NodeJS.Timeout

  /** @throws Error when the subgraph does not accept the connection in time. */
  static open(url: string, options: UpstreamSocketOptions): Promise<UpstreamSocket> {
    return new Promise((resolve, reject) => {
      // Not passed as a literal: the types of `ws` do not know closeTimeout yet.
      const socketOptions = {
        handshakeTimeout: options.connectTimeoutMs,
        maxPayload: options.maxMessageBytes,
        perMessageDeflate: false,
        closeTimeout: closeTimeoutMs,
      }
      const socket = new WebSocket(url, GRAPHQL_TRANSPORT_WS_PROTOCOL, socketOptions)
      const fail = (error: Error): void => {
        clearTimeout(timer)
        socket.terminate()
        reject(error)
      }
      const timer = setTimeout(() => fail(new Error('no connection_ack in time')), options.connectTimeoutMs)
      socket.on('error', fail)
      socket.once('close', (code) => fail(new Error(`closed with ${code} before connection_ack`)))
      // No user in connection_init: all viewers share the socket, and each operation carries its own signed viewer.
      socket.once('open', () => socket.send(JSON.stringify({ type: MessageType.ConnectionInit })))
      socket.once('message', (data) => {
        if (messageType(String(data)) !== MessageType.ConnectionAck)
          return fail(new Error('the first message was no connection_ack'))
        clearTimeout(timer)
        socket.removeAllListeners()
        resolve(new UpstreamSocket(socket, options))
      })
    })
  }

  private constructor(
    private readonly socket: WebSocket,
    private readonly options: UpstreamSocketOptions,
  ) {
    socket.on('message', (data) => this.receive(String(data)))
    socket.on('pong', () => {
      this.alive = true
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => this.died())
    this.pings = setInterval(() => this.ping(), options.pingEveryMs)
    this.pings.unref()
  }

  /** How many operations are live on it. */
  get load(): number {
    return this.sinks.size
  }

  get usable(): boolean {
    return this.socket.readyState === WebSocket.OPEN
  }

  /** Opens an operation, and returns a function that ends it. Both are safe when the socket is closed.
   *  @throws SubscribeTooLarge */
  subscribe(payload: SubscribePayload, sink: Sink): () => void {
    this.lastId += 1
    const id = String(this.lastId)
    if (!this.usable) {
      sink.lost()
      return () => {}
    }
    const frame = JSON.stringify({ id, type: MessageType.Subscribe, payload })
    if (Buffer.byteLength(frame) > this.options.maxSubscribeBytes) throw new SubscribeTooLarge()
    this.sinks.set(id, sink)
    this.socket.send(frame)
    return () => {
      if (!this.forget(id)) return
      if (this.usable) this.socket.send(JSON.stringify({ id, type: MessageType.Complete }))
    }
  }

  close(): void {
    this.socket.close(1000)
  }

  private receive(text: string): void {
    let message: ReturnType<typeof parseMessage>
    try {
      message = parseMessage(text)
    } catch {
      // After an unreadable frame an event may be missing, so every stream must resume from its cursor.
      this.socket.close(CloseCode.BadResponse, 'Invalid message received')
      this.died()
      return
    }
    if (message.type === MessageType.Ping) this.socket.send(JSON.stringify({ type: MessageType.Pong }))
    if (!('id' in message)) return
    // An unknown id: the message was sent before the subgraph received our `complete`.
    const sink = this.sinks.get(message.id)
    if (!sink) return
    switch (message.type) {
      case MessageType.Next:
        // graphql-ws types errors as class instances; on the wire they are plain objects.
        return void sink.next(message.payload as SubgraphResponse, text.length)
      case MessageType.Error:
        this.forget(message.id)
        return void sink.error(message.payload)
      case MessageType.Complete:
        this.forget(message.id)
        return void sink.complete()
    }
  }

  private forget(id: string): boolean {
    const known = this.sinks.delete(id)
    if (known && this.sinks.size === 0) this.options.onIdle(this)
    return known
  }

  private ping(): void {
    if (!this.alive) return void this.socket.terminate()
    this.alive = false
    this.socket.ping()
  }

  private died(): void {
    clearInterval(this.pings)
    this.options.onClose(this)
    const sinks = [...this.sinks.values()]
    this.sinks.clear()
    for (const sink of sinks) sink.lost()
  }
}

function messageType(text: string): string | undefined {
  try {
    return parseMessage(text).type
  } catch {
    return undefined
  }
}
