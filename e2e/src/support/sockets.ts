import { type Client, createClient, type ExecutionResult, type SubscribePayload } from 'graphql-ws'
import { WebSocket } from 'ws'

/** The events of a subscription, and how it ended. */
export interface Heard {
  events: ExecutionResult[]
  /** Errors of an `error` message. */
  errors: { message: string; extensions?: { code?: string } }[] | null
  /** The socket was closed before it ended. */
  closed: { code: number; reason: string } | null
}

/** A stock `graphql-ws` client on one socket, which is not opened again once it is closed. */
export function openSocket(url: string, connectionParams: Record<string, unknown>, headers: Record<string, string> = {}): Client {
  class Socket extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { headers })
    }
  }
  return createClient({ url, connectionParams, webSocketImpl: Socket, retryAttempts: 0, lazy: true })
}

/** Follows one subscription; `heard` fills as it goes. */
export class Following {
  readonly heard: Heard = { events: [], errors: null, closed: null }
  private readonly finished = Promise.withResolvers<Heard>()
  private readonly waiting = new Set<() => void>()
  readonly leave: () => void

  constructor(client: Client, payload: SubscribePayload) {
    this.leave = client.subscribe(payload, {
      next: (event) => {
        this.heard.events.push(event as ExecutionResult)
        for (const wake of this.waiting) wake()
      },
      error: (problem) => {
        if (Array.isArray(problem)) this.heard.errors = problem as Heard['errors']
        else this.heard.closed = closing(problem)
        this.finished.resolve(this.heard)
      },
      complete: () => this.finished.resolve(this.heard),
    })
  }

  /** How it ended. */
  get end(): Promise<Heard> {
    return this.finished.promise
  }

  /** Resolves with the first event, or when it ends without one. */
  async first(): Promise<Heard> {
    if (this.heard.events.length > 0) return this.heard
    const { promise, resolve } = Promise.withResolvers<void>()
    this.waiting.add(resolve)
    await Promise.race([promise, this.end])
    return this.heard
  }
}

function closing(problem: unknown): Heard['closed'] {
  const { code, reason } = problem as { code?: number; reason?: string }
  return { code: code ?? 0, reason: reason ?? String(problem) }
}
