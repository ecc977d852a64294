import { OperationTypeNode } from 'graphql'
import type { PreparedOperation } from '../plan/operations.js'

/** One operation of a client, from its `subscribe` message until its work has ended. */
export class Operation {
  /** How many answers or events were sent. */
  sent = 0
  private readonly controller = new AbortController()
  private readonly started = performance.now()
  private prepared: PreparedOperation | undefined

  /** @param id chosen by the client, which may use it again as soon as it has completed this operation */
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

  /** Stops the operation. A mutation that has begun is finished, also when its client left. */
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
