import type { Dispatcher } from 'undici'
import type { Deadlines, Timed } from './deadlines.js'
import { responseOf, SubgraphFailure, type SubgraphResponse } from './response.js'

export interface ExchangeLimits {
  /** Longest wait for a whole answer. */
  deadlineMs: number
  maxResponseBytes: number
}

/** A kept-alive connection closed before any answer. */
export class ConnectionBroke extends SubgraphFailure {}

/**
 * One request to a subgraph and its answer. Uses undici's `dispatch`: the streams and promises of `request` cost more than the rest of
 * a small request.
 */
export class Exchange implements Dispatcher.DispatchHandler, Timed {
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
    private readonly limits: ExchangeLimits,
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
    this.abort(new SubgraphFailure(this.service, 'SUBGRAPH_TIMEOUT', `no answer in ${this.limits.deadlineMs} ms`))
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
    if (this.bytes > this.limits.maxResponseBytes) {
      this.failure = new SubgraphFailure(
        this.service,
        'OPERATION_TOO_COMPLEX',
        `answer above ${this.limits.maxResponseBytes} bytes`,
      )
      controller.abort(this.failure)
    }
  }

  onResponseEnd(): void {
    if (!this.settle()) return
    const [first] = this.chunks
    const text = this.chunks.length === 1 && first ? first.toString('utf8') : Buffer.concat(this.chunks).toString('utf8')
    const answer = responseOf(text)
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
    // It still waits for a connection: fail now, and abort the request when it gets one.
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
