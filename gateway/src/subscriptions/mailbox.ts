export interface MailboxLimits {
  items: number
  bytes: number
}

/**
 * A bounded queue between a producer that cannot be paused and one consumer. It never drops in silence: what does not fit is refused,
 * and the producer must then end the stream.
 */
export class Mailbox<T> implements AsyncIterable<T> {
  private readonly queue: { item: T; bytes: number }[] = []
  private bytes = 0
  private ended: { error?: unknown } | undefined
  private wake: (() => void) | undefined

  constructor(private readonly limits: MailboxLimits) {}

  /** False when it is full; true also after the end, when nobody listens any more. */
  push(item: T, bytes: number): boolean {
    if (this.ended) return true
    // An event larger than the whole budget still passes when it is alone: the transport bounds its size.
    const full = this.queue.length >= this.limits.items || (this.queue.length > 0 && this.bytes + bytes > this.limits.bytes)
    if (full) return false
    this.queue.push({ item, bytes })
    this.bytes += bytes
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
    this.queue.length = 0
    this.bytes = 0
    this.ended = error === undefined ? {} : { error }
    this.wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const next = this.queue.shift()
      if (next) {
        this.bytes -= next.bytes
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
