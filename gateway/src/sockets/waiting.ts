/** A socket for which bytes wait. */
export interface Waiter {
  /** Frees the bytes that wait, at once: the stream that holds the most ends, or the socket closes. */
  relieve(): void
}

/**
 * The bytes that wait in the whole process, in queues of streams and in sockets. When they are too many, the socket that holds the most
 * is relieved first. So a client that does not read is cut off, not one that reads, and not the one whose event came last.
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
    // Cannot happen: every byte belongs to a share.
    if (!largest) throw new Error(`${this.used} bytes wait for nobody`)
    const before = largest.bytes
    largest.waiter.relieve()
    // It could free nothing at once, but its bytes are on their way out. Otherwise the next socket would be relieved too.
    if (largest.bytes >= before) largest.close()
  }
}

/** The bytes that wait for one socket. */
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

  /** Gives back all bytes; later ones are not counted. */
  close(): void {
    if (this.closed) return
    this.closed = true
    this.all.leave(this)
    this.all.change(-this.bytes)
    this.bytes = 0
  }
}
