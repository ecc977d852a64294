import { DEADLINE_HEADER } from '@vardgraf/process'
import { Pool } from 'undici'
import { Deadlines } from './deadlines.js'
import { ConnectionBroke, Exchange } from './exchange.js'
import { SubgraphFailure, type SubgraphResponse } from './response.js'

export interface SendOptions {
  /** Flat list of names and values. */
  headers: string[]
  /** Whether the request may be sent once more when the connection closed before any answer. */
  retry: boolean
  signal?: AbortSignal
}

/** Sends an operation to a subgraph. */
export interface SubgraphClient {
  /** @throws SubgraphFailure when no GraphQL answer came in time. */
  send(service: string, body: string, options: SendOptions): Promise<SubgraphResponse>
}

export interface SubgraphSettings {
  /** Longest wait for a whole answer. */
  deadlineMs: number
  connections: number
  /** Must be shorter than the subgraph's own. Otherwise requests are sent on connections that just closed. */
  keepAliveMs: number
  maxResponseBytes: number
}

const defaultSubgraphSettings: SubgraphSettings = {
  deadlineMs: 5_000,
  connections: 128,
  keepAliveMs: 4_000,
  maxResponseBytes: 16_000_000,
}

/** The subgraphs, each behind a pool of kept-alive connections of its own. */
export class Subgraphs implements SubgraphClient {
  private readonly pools = new Map<string, { pool: Pool; path: string; origin: string }>()
  private readonly deadlines: Deadlines
  /** Sent to the subgraph, so that it does not work longer than we wait. */
  private readonly deadlineHeader: string[]

  /** @param urls service name → address of its GraphQL endpoint. */
  constructor(
    private urls: ReadonlyMap<string, string>,
    private readonly settings: SubgraphSettings = defaultSubgraphSettings,
  ) {
    this.deadlines = new Deadlines(settings.deadlineMs)
    this.deadlineHeader = [DEADLINE_HEADER, String(settings.deadlineMs)]
  }

  /** Sets new addresses. The connections to an address that is no longer used close when their requests are done. */
  readdress(urls: ReadonlyMap<string, string>): void {
    for (const [service, url] of this.urls) {
      if (urls.get(service) === url) continue
      void this.pools.get(service)?.pool.close()
      this.pools.delete(service)
    }
    this.urls = urls
  }

  /** Longest wait for a whole answer, in milliseconds. */
  get deadlineMs(): number {
    return this.settings.deadlineMs
  }

  /** Service name → address of its GraphQL endpoint. */
  addresses(): ReadonlyMap<string, string> {
    return this.urls
  }

  send(service: string, body: string, options: SendOptions): Promise<SubgraphResponse> {
    const answer = this.once(service, body, options)
    if (!options.retry) return answer
    return answer.catch((error: unknown) => {
      if (!(error instanceof ConnectionBroke) || options.signal?.aborted) throw error
      return this.once(service, body, options)
    })
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map(({ pool }) => pool.close()))
  }

  private once(service: string, body: string, { headers, signal }: SendOptions): Promise<SubgraphResponse> {
    return new Promise((resolve, reject) => {
      const { pool, path } = this.pool(service)
      pool.dispatch(
        { method: 'POST', path, headers: [...headers, ...this.deadlineHeader], body, ...noTimeouts },
        new Exchange(service, this.settings, this.deadlines, signal, resolve, reject),
      )
    })
  }

  private pool(service: string): { pool: Pool; path: string } {
    const known = this.pools.get(service)
    if (known) return known
    const url = this.urls.get(service)
    if (!url) throw new SubgraphFailure(service, 'SUBGRAPH_UNAVAILABLE', 'no address')
    const { origin, pathname, search } = new URL(url)
    const { connections, keepAliveMs } = this.settings
    const pool = new Pool(origin, {
      connections,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      connectTimeout: this.settings.deadlineMs,
    })
    const entry = { pool, path: pathname + search, origin }
    this.pools.set(service, entry)
    return entry
  }
}

// The deadline covers the whole exchange, so undici's own timers are switched off.
const noTimeouts = { headersTimeout: 0, bodyTimeout: 0 }
