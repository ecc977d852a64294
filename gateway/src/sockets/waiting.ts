/** A socket for which bytes wait. */
export interface Waiter {
  /** Lets go of what waits, at once: the stream that holds the most ends, or the socket closes. */
  relieve(): void
}

/**
 * The bytes that wait in the whole process, in queues of streams and in sockets. When they are too many, whoever holds the most is
 * relieved first: a client that does not read pays for it, never one that does, and never the one whose event came last.
 */
export class WaitingBytes {
  private used = 0
  private readonly shares = new Set<Share>()

  constructor(private readonly max: number) {}

  join(waiter: Waiter): Share {
    const share = new Share(this, waiter)
    this.shares.add(share)
    return share
  }

  leave(share: Share): void {
    this.shares.delete(share)
  }

  change(bytes: number): void {
    this.used += bytes
    if (bytes > 0) while (this.used > this.max) this.relieveLargest()
  }

  private relieveLargest(): void {
    let largest: Share | undefined
    for (const share of this.shares) if (share.bytes > (largest?.bytes ?? 0)) largest = share
    // What waits belongs to somebody.
    if (!largest) throw new Error(`${this.used} bytes wait for nobody`)
    const before = largest.bytes
    largest.waiter.relieve()
    // What is on its way out of the process counts no more, or the next one would pay for it.
    if (largest.bytes >= before) largest.close()
  }
}

/** What one socket holds of them. */
export class Share {
  bytes = 0
  private closed = false

  constructor(
    private readonly all: WaitingBytes,
    readonly waiter: Waiter,
  ) {}

  take(bytes: number): void {
    if (this.closed) return
    this.bytes += bytes
    this.all.change(bytes)
  }

  give(bytes: number): void {
    if (this.closed) return
    this.bytes -= bytes
    this.all.change(-bytes)
  }

  /** Gives back everything; what comes later is not counted. */
  close(): void {
    if (this.closed) return
    this.closed = true
    this.all.leave(this)
    this.all.change(-this.bytes)
    this.bytes = 0
  }
}
