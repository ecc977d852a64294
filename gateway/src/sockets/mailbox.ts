import type { Share } from './waiting.js'

/** Bytes that all queues of one socket may hold together. */
export class Budget {
  private used = 0
  private readonly queues = new Set<Mailbox<unknown>>()

  constructor(
    readonly bytes: number,
    /** The socket's part of the bytes that wait in the process. */
    private readonly share: Share,
  ) {}

  fits(bytes: number): boolean {
    return this.used + bytes <= this.bytes
  }

  /** Call it after the event is queued: it may drop the fullest queue of the process, also the one that just took an event. */
  take(bytes: number): void {
    this.used += bytes
    this.share.take(bytes)
  }

  give(bytes: number): void {
    this.used -= bytes
    this.share.give(bytes)
  }

  open(queue: Mailbox<unknown>): void {
    this.queues.add(queue)
  }

  close(queue: Mailbox<unknown>): void {
    this.queues.delete(queue)
  }

  /** The queue that holds the most; undefined when nothing waits. */
  largest(): Mailbox<unknown> | undefined {
    let largest: Mailbox<unknown> | undefined
    for (const queue of this.queues) if (queue.bytes > (largest?.bytes ?? 0)) largest = queue
    return largest
  }
}

/**
 * A bounded queue between a producer that cannot be paused and one consumer. It drops nothing unnoticed: an item that does not fit is
 * refused, and the producer must then end the stream.
 */
export class Mailbox<T> implements AsyncIterable<T> {
  /** Bytes in the queue. */
  bytes = 0
  private queue: { item: T; bytes: number }[] = []
  private ended: { error?: unknown } | undefined
  private wake: (() => void) | undefined

  constructor(
    private readonly items: number,
    private readonly budget: Budget,
    /** Too many bytes wait in the process, and most of them in this queue: it must be dropped. */
    readonly relieve: () => void,
  ) {
    budget.open(this)
  }

  /** False when the item does not fit. True also after the end, when items are ignored. */
  push(item: T, bytes: number): boolean {
    if (this.ended) return true
    if (this.queue.length >= this.items || !this.budget.fits(bytes)) return false
    this.bytes += bytes
    this.queue.push({ item, bytes })
    this.budget.take(bytes)
    this.wake?.()
    return true
  }

  /** Ends after the queued items, with an error if one is given. The first end counts. */
  end(error?: unknown): void {
    this.ended ??= error === undefined ? {} : { error }
    this.wake?.()
  }

  /** Ends at once, without the queued items. */
  drop(error?: unknown): void {
    const held = this.bytes
    this.queue = []
    this.bytes = 0
    this.ended = error === undefined ? {} : { error }
    this.budget.close(this)
    this.budget.give(held)
    this.wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const next = this.queue.shift()
      if (next) {
        this.bytes -= next.bytes
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
