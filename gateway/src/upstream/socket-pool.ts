import { setTimeout as delay } from 'node:timers/promises'
import type { SubscribePayload } from 'graphql-ws'
import { type Sink, UpstreamSocket } from './socket.js'

export interface UpstreamOptions {
  /** A new socket is opened when every open one carries this many operations. */
  operationsPerSocket: number
  /** Beyond this many sockets to one subgraph, the least loaded one takes more. */
  socketsPerSubgraph: number
  /** How long a subscriber waits for a subgraph that is away, e.g. restarting. */
  openTimeoutMs: number
  connectTimeoutMs: number
  idleMs: number
  pingEveryMs: number
  /** Of an event. Generous: a larger one costs everybody on the socket their streams; the queue refuses it long before. */
  maxMessageBytes: number
  /** Of an operation; below what the subgraphs read (256 KiB). */
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

  /** Many who wait for a socket share one attempt, and each gives up at its own time. */
  async subscribe(payload: SubscribePayload, sink: Sink, signal: AbortSignal): Promise<() => void> {
    let givenUp: AbortSignal | undefined
    for (;;) {
      // Chosen and taken in one step: of many who wake together each sees the load that the one before it made.
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

  /** One attempt, after the pause that earlier failures earned. Never rejects: who waits looks again. */
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
      // Until its first operation, and again after its last.
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

/** The promise's result, unless the signal aborts first; leaves no listener behind. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let onAbort = (): void => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort)
  })
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', onAbort))
}
