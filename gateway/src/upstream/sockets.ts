import type { SubscribePayload } from 'graphql-ws'
import type { Sink } from './socket.js'
import { SocketPool, type UpstreamOptions } from './socket-pool.js'

export const defaultUpstreamOptions: UpstreamOptions = {
  operationsPerSocket: 1_000,
  socketsPerSubgraph: 16,
  openTimeoutMs: 5_000,
  connectTimeoutMs: 3_000,
  idleMs: 10_000,
  pingEveryMs: 30_000,
  maxMessageBytes: 16 * 1024 * 1024,
  maxSubscribeBytes: 192 * 1024,
}

/** The sockets to the subgraphs: few, shared by all viewers, opened when needed, closed when idle. */
export class Upstreams {
  private readonly pools = new Map<string, SocketPool>()
  private stopped = false

  constructor(private readonly options: UpstreamOptions = defaultUpstreamOptions) {}

  /**
   * Opens an operation at a subgraph and returns how to end it.
   * @throws SubscribeTooLarge
   * @throws Error when no socket could be opened in time, or `signal` aborted first.
   */
  async subscribe(url: string, payload: SubscribePayload, sink: Sink, signal: AbortSignal): Promise<() => void> {
    return this.pool(url).subscribe(payload, sink, signal)
  }

  /** Sockets and operations by address: for logs, metrics and tests. */
  stats(): Record<string, { sockets: number; operations: number }> {
    return Object.fromEntries([...this.pools].map(([url, pool]) => [url, pool.stats()]))
  }

  stop(): void {
    this.stopped = true
    for (const pool of this.pools.values()) pool.stop()
  }

  private pool(url: string): SocketPool {
    if (this.stopped) throw new Error('the upstream sockets are closed')
    const known = this.pools.get(url)
    if (known) return known
    const pool = new SocketPool(url, this.options)
    this.pools.set(url, pool)
    return pool
  }
}
