import { setTimeout as delay } from 'node:timers/promises'
import type { SubscribePayload } from 'graphql-ws'
import { type Sink, UpstreamSocket } from './socket.js'

export interface UpstreamOptions {
  /** A new socket is opened when every open one has this many operations. */
  operationsPerSocket: number
  /** With this many sockets to one subgraph, no more are opened: the least loaded one takes the operation. */
  socketsPerSubgraph: number
  /** How long a subscriber waits for a subgraph that does not answer, for example while it restarts. */
  openTimeoutMs: number
  connectTimeoutMs: number
  idleMs: number
  pingEveryMs: number
  /** Of an event. A larger one would close the socket under all its streams; a stream's queue refuses far smaller ones. */
  maxMessageBytes: number
  /** Of an operation; less than the subgraphs accept (256 KiB). */
  maxSubscribeBytes: number
}

const firstRetryMs = 100
const longestRetryMs = 3_000

/** The sockets to one address. */
export class SocketPool {
  private readonly sockets = new Set<UpstreamSocket>()
  private readonly idle = new Map<UpstreamSocket, NodeJS.Timeout>()
  private connecting: Promise<void> | undefined
  private failures = 0
  private retryAt = 0
  private stopped = false

  constructor(
    private readonly url: string,
    private readonly options: UpstreamOptions,
  ) {}

  /** All subscribers that wait for a socket share one attempt to connect; each has its own time-out. */
  async subscribe(payload: SubscribePayload, sink: Sink, signal: AbortSignal): Promise<() => void> {
    let givenUp: AbortSignal | undefined
    for (;;) {
      // Chosen and used in one step: of many subscribers that wake at once, each sees the load of the one before it.
      const socket = this.leastLoaded()
      if (socket) return socket.subscribe(payload, sink)
      if (this.stopped) throw new Error('the upstream sockets are closed')
      givenUp ??= AbortSignal.any([signal, AbortSignal.timeout(this.options.openTimeoutMs)])
      this.connecting ??= this.connect().finally(() => {
        this.connecting = undefined
      })
      await abortable(this.connecting, givenUp)
    }
  }

  stats(): { sockets: number; operations: number } {
    return { sockets: this.sockets.size, operations: [...this.sockets].reduce((sum, socket) => sum + socket.load, 0) }
  }

  stop(): void {
    this.stopped = true
    for (const timer of this.idle.values()) clearTimeout(timer)
    for (const socket of this.sockets) socket.close()
  }

  private leastLoaded(): UpstreamSocket | undefined {
    const usable = [...this.sockets].filter((socket) => socket.usable).sort((a, b) => a.load - b.load)
    const [best] = usable
    const full = best && best.load >= this.options.operationsPerSocket && usable.length < this.options.socketsPerSubgraph
    return full ? undefined : best
  }

  /** One attempt to connect, after a pause that grows with the failures before it. Never rejects: subscribers that wait look again. */
  private async connect(): Promise<void> {
    await delay(Math.max(0, this.retryAt - performance.now()))
    try {
      const socket = await UpstreamSocket.open(this.url, {
        ...this.options,
        onClose: (closed) => this.remove(closed),
        onIdle: (unused) => this.sleep(unused),
      })
      this.failures = 0
      this.sockets.add(socket)
      // It counts as idle until its first operation, and again after its last.
      this.sleep(socket)
      if (this.stopped) socket.close()
    } catch {
      const pause = Math.min(longestRetryMs, firstRetryMs * 2 ** this.failures)
      this.failures += 1
      this.retryAt = performance.now() + pause * (0.5 + Math.random() / 2)
    }
  }

  private sleep(socket: UpstreamSocket): void {
    if (this.idle.has(socket)) return
    const timer = setTimeout(() => {
      this.idle.delete(socket)
      if (socket.load === 0) socket.close()
    }, this.options.idleMs)
    timer.unref()
    this.idle.set(socket, timer)
  }

  private remove(socket: UpstreamSocket): void {
    clearTimeout(this.idle.get(socket))
    this.idle.delete(socket)
    this.sockets.delete(socket)
  }
}

/** The promise's result, unless the signal aborts first. Removes its listener from the signal. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let onAbort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort)
  })
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', onAbort))
}
