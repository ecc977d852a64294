import { OperationTypeNode } from 'graphql'
import type { PreparedOperation } from '../plan/operations.js'

/** One operation that runs for a client, from its `subscribe` message until nothing of it is left. */
export class Operation {
  /** Answers or events that went out. */
  sent = 0
  private readonly controller = new AbortController()
  private readonly started = performance.now()
  private prepared: PreparedOperation | undefined

  /** @param id the client's name for it, free for another as soon as the client completes it. */
  constructor(
    readonly id: string,
    readonly requestId: string,
  ) {}

  get signal(): AbortSignal {
    return this.controller.signal
  }

  get isStream(): boolean {
    return this.prepared?.kind === OperationTypeNode.SUBSCRIPTION
  }

  planned(prepared: PreparedOperation): void {
    this.prepared = prepared
  }

  /** Stops it, unless it is a mutation that has begun: that is carried through, also when its sender left. */
  cancel(): void {
    if (this.prepared?.kind !== OperationTypeNode.MUTATION) this.controller.abort()
  }

  /** The line for the log: never the document, its variables or an answer. */
  line(codes: unknown[]): Record<string, unknown> {
    return {
      kind: this.prepared?.kind,
      operation: this.prepared?.name,
      hash: this.prepared?.hash.slice(0, 16),
      ms: Math.round(performance.now() - this.started),
      sent: this.sent,
      end: this.signal.aborted ? ['STOPPED'] : codes,
    }
  }
}
