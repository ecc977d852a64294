import type { WebSocket } from 'ws'

/** How many bytes may wait in a socket; a sender with more waits until there is room. */
const MAX_UNSENT_BYTES = 8 * 1024 * 1024

/** Sends to one gateway, for all operations on its socket. Nothing is dropped, and a fast sender does not close the socket for the others. */
export class Outlet {
  private waiting: (() => void)[] = []

  constructor(private readonly socket: WebSocket) {
    socket.once('close', () => this.wake())
  }

  /** Resolves when the socket has taken the frame, or will never take any. A socket that is never read is closed, since its pong is missing. */
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
