import { WebSocket } from 'ws'
import type { Share } from './waiting.js'

/** Sends messages on a client's socket. Counts the bytes that the socket has not taken, and how long it has taken none. */
export class Outbox {
  /** Bytes that the socket has not taken. */
  bytes = 0
  private messages = 0
  /** When the socket last took a message, or had none to take. */
  private progressAt = 0

  constructor(
    private readonly socket: WebSocket,
    /** The socket's part of the bytes that wait in the process. */
    private readonly share: Share,
    private readonly maxBytes: number,
    /** Called when more than `maxBytes` wait. */
    private readonly overflow: () => void,
  ) {}

  send(message: Record<string, unknown>): Promise<void> {
    return this.sendFrame(JSON.stringify(message))
  }

  /** Resolves when the socket has taken the message, or is closed. */
  sendFrame(frame: string): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.resolve()
    if (this.socket.bufferedAmount > this.maxBytes) {
      this.overflow()
      return Promise.resolve()
    }
    if (this.messages === 0) this.progressAt = performance.now()
    const bytes = Buffer.byteLength(frame)
    this.messages += 1
    return new Promise((resolve) => {
      this.socket.send(frame, () => {
        this.messages -= 1
        this.bytes -= bytes
        this.share.give(bytes)
        this.progressAt = performance.now()
        resolve()
      })
      this.bytes += bytes
      this.share.take(bytes)
    })
  }

  /** Whether messages wait, and the client has taken none for longer than this. */
  stalled(ms: number): boolean {
    return this.messages > 0 && performance.now() - this.progressAt > ms
  }
}
