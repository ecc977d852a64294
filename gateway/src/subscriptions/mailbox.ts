/** Bytes that all queues of one socket may hold together. */
export class Budget {
  private used = 0

  constructor(readonly bytes: number) {}

  take(bytes: number): boolean {
    if (this.used + bytes > this.bytes) return false
    this.used += bytes
    return true
  }

  give(bytes: number): void {
    this.used -= bytes
  }
}

/**
 * A bounded queue between a producer that cannot be paused and one consumer. It never drops in silence: what does not fit is refused,
 * and the producer must then end the stream.
 */
export class Mailbox<T> implements AsyncIterable<T> {
  private queue: { item: T; bytes: number }[] = []
  private ended: { error?: unknown } | undefined
  private wake: (() => void) | undefined

  constructor(
    private readonly items: number,
    private readonly budget: Budget,
  ) {}

  /** False when it does not fit; true also after the end, when nobody listens any more. */
  push(item: T, bytes: number): boolean {
    if (this.ended) return true
    if (this.queue.length >= this.items || !this.budget.take(bytes)) return false
    this.queue.push({ item, bytes })
    this.wake?.()
    return true
  }

  /** Ends after what is queued, with an error if one is given. The first end counts. */
  end(error?: unknown): void {
    this.ended ??= error === undefined ? {} : { error }
    this.wake?.()
  }

  /** Ends at once and forgets what is queued. */
  drop(error?: unknown): void {
    for (const { bytes } of this.queue) this.budget.give(bytes)
    this.queue = []
    this.ended = error === undefined ? {} : { error }
    this.wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const next = this.queue.shift()
      if (next) {
        this.budget.give(next.bytes)
        yield next.item
      } else if (this.ended) {
        if ('error' in this.ended) throw this.ended.error
        return
      } else {
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
        this.wake = undefined
      }
    }
  }
}
