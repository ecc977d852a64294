import type { WebSocket } from 'ws'

/** Bytes that may wait in a socket; who has more to send waits for room. */
const MAX_UNSENT_BYTES = 8 * 1024 * 1024

/** The way out to one gateway, shared by all its operations: nothing is dropped, nobody's haste closes it under the others. */
export class Outlet {
  private waiting: (() => void)[] = []

  constructor(private readonly socket: WebSocket) {
    socket.once('close', () => this.wake())
  }

  /** Resolves when the socket has taken the frame, or will never take any. One that is not read at all is closed by its missing pong. */
  async send(frame: string): Promise<void> {
    while (this.isOpen && this.socket.bufferedAmount > MAX_UNSENT_BYTES)
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    if (!this.isOpen) return
    await new Promise<void>((resolve) => {
      this.socket.send(frame, () => {
        resolve()
        this.wake()
      })
    })
  }

  private get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}
