import { DEADLINE_HEADER } from '@vardgraf/process'
import type { Dispatcher } from 'undici'
import { Pool } from 'undici'
import { Deadlines, type Timed } from './deadlines.js'
import { isObject, type JsonObject } from './json.js'

export interface SubgraphResponse {
  data?: JsonObject | null
  errors?: readonly { message: string; path?: readonly (string | number)[]; extensions?: Record<string, unknown> }[]
}

/** No usable answer came. `reason` is for the log only. */
export class SubgraphFailure extends Error {
  constructor(
    readonly service: string,
    readonly code: 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'OPERATION_TOO_COMPLEX',
    readonly reason: string,
  ) {
    super(`${code} ${service}: ${reason}`)
  }
}

export interface SendOptions {
  /** Flat list of names and values. */
  headers: string[]
  /** Whether it may be sent once more when the connection broke before any answer. */
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
  /** Must be shorter than the subgraph's own, or a request meets a connection that just closed. */
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
  /** Told to the subgraph, so that it does not go on for longer than we wait. */
  private readonly deadlineHeader: string[]

  /** @param urls service name → address of its GraphQL endpoint. */
  constructor(
    private urls: ReadonlyMap<string, string>,
    private readonly settings: SubgraphSettings = defaultSubgraphSettings,
  ) {
    this.deadlines = new Deadlines(settings.deadlineMs)
    this.deadlineHeader = [DEADLINE_HEADER, String(settings.deadlineMs)]
  }

  /** The addresses from now on; pools of addresses that are gone are let to finish and closed. */
  readdress(urls: ReadonlyMap<string, string>): void {
    for (const [service, url] of this.urls) {
      if (urls.get(service) === url) continue
      void this.pools.get(service)?.pool.close()
      this.pools.delete(service)
    }
    this.urls = urls
  }

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
        new Answer(service, this.settings, this.deadlines, signal, resolve, reject),
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

// The deadline covers the whole exchange; undici's own timers would only add work.
const noTimeouts = { headersTimeout: 0, bodyTimeout: 0 }

/** A kept-alive connection closed under us: nothing was answered. */
class ConnectionBroke extends SubgraphFailure {}

/** Collects one answer. Written against undici's dispatch: its streams and promises cost more than the rest of a small request. */
class Answer implements Dispatcher.DispatchHandler, Timed {
  place = -1
  private status = 0
  private bytes = 0
  private chunks: Buffer[] = []
  private controller: Dispatcher.DispatchController | undefined
  private failure: SubgraphFailure | undefined
  private done = false
  private readonly onAbort: (() => void) | undefined

  constructor(
    private readonly service: string,
    private readonly settings: SubgraphSettings,
    private readonly deadlines: Deadlines,
    private readonly signal: AbortSignal | undefined,
    private readonly resolve: (response: SubgraphResponse) => void,
    private readonly reject: (error: SubgraphFailure) => void,
  ) {
    deadlines.add(this)
    if (!signal) return
    this.onAbort = () => this.abort(new SubgraphFailure(service, 'SUBGRAPH_UNAVAILABLE', 'given up'))
    if (signal.aborted) queueMicrotask(this.onAbort)
    else signal.addEventListener('abort', this.onAbort, { once: true })
  }

  /** The deadline has passed. */
  late(): void {
    this.abort(new SubgraphFailure(this.service, 'SUBGRAPH_TIMEOUT', `no answer in ${this.settings.deadlineMs} ms`))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.failure) controller.abort(this.failure)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.status = status
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length
    this.chunks.push(chunk)
    if (this.bytes > this.settings.maxResponseBytes) {
      this.failure = new SubgraphFailure(
        this.service,
        'OPERATION_TOO_COMPLEX',
        `answer above ${this.settings.maxResponseBytes} bytes`,
      )
      controller.abort(this.failure)
    }
  }

  onResponseEnd(): void {
    if (!this.settle()) return
    const [first] = this.chunks
    const text = this.chunks.length === 1 && first ? first.toString('utf8') : Buffer.concat(this.chunks).toString('utf8')
    const answer = parseAnswer(text)
    if (answer) this.resolve(answer)
    else this.reject(new SubgraphFailure(this.service, 'SUBGRAPH_UNAVAILABLE', `status ${this.status} without a GraphQL answer`))
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (!this.settle()) return
    if (this.failure) this.reject(this.failure)
    else if (this.status === 0 && brokeOff(error))
      this.reject(new ConnectionBroke(this.service, 'SUBGRAPH_UNAVAILABLE', error.message))
    else this.reject(new SubgraphFailure(this.service, 'SUBGRAPH_UNAVAILABLE', error.message))
  }

  private abort(failure: SubgraphFailure): void {
    this.failure = failure
    if (this.controller) this.controller.abort(failure)
    // Still waiting for a connection: answer now, and let go of the request when its turn comes.
    if (this.settle()) this.reject(failure)
  }

  private settle(): boolean {
    if (this.done) return false
    this.done = true
    this.deadlines.remove(this)
    if (this.onAbort) this.signal?.removeEventListener('abort', this.onAbort)
    return true
  }
}

function brokeOff(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET'
}

function parseAnswer(text: string): SubgraphResponse | null {
  try {
    const answer: unknown = JSON.parse(text)
    if (!isObject(answer) || !('data' in answer || Array.isArray(answer.errors))) return null
    if ('errors' in answer && !Array.isArray(answer.errors)) delete answer.errors
    return answer as SubgraphResponse
  } catch {
    return null
  }
}
