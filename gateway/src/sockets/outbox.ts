import { WebSocket } from 'ws'
import type { Share } from './waiting.js'

/** What goes out on a client's socket: counts what the client has not taken, and since when it takes nothing. */
export class Outbox {
  /** Bytes that the socket has not taken. */
  bytes = 0
  private messages = 0
  /** When the socket last took a message, or had none to take. */
  private progressAt = 0

  constructor(
    private readonly socket: WebSocket,
    /** The socket's part of what waits in the process. */
    private readonly share: Share,
    private readonly maxBytes: number,
    /** More waits than may. */
    private readonly overflow: () => void,
  ) {}

  send(message: Record<string, unknown>): Promise<void> {
    return this.sendFrame(JSON.stringify(message))
  }

  /** Resolves when the socket has taken the message, or will never take any. */
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

  /** Whether the client has taken nothing for longer than this, though something waits for it. */
  stalled(ms: number): boolean {
    return this.messages > 0 && performance.now() - this.progressAt > ms
  }
}
