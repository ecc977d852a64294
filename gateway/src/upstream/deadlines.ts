/** Something with a deadline. Only Deadlines changes `place`. */
export interface Timed {
  /** Its index in the queue; -1 when it is not in it. */
  place: number
  /** The deadline has passed. */
  late(): void
}

/**
 * The deadlines of many short-lived requests with one timer. All have the same length, so the oldest is always first. A timer for each
 * would be made and cleared for every request to a subgraph. An array and not a Map: when a Map grows, its old tables refer to one
 * another and to their entries, which keeps whole requests in memory until the next full garbage collection.
 */
export class Deadlines {
  private items: (Timed | undefined)[] = []
  private times: number[] = []
  /** The items before this index are done. */
  private first = 0
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly deadlineMs: number) {}

  add(item: Timed): void {
    item.place = this.items.length
    this.items.push(item)
    this.times.push(performance.now() + this.deadlineMs)
    this.timer ??= setTimeout(() => this.check(), this.deadlineMs)
  }

  remove(item: Timed): void {
    if (item.place === -1) return
    this.items[item.place] = undefined
    item.place = -1
    if (this.items.length >= compactAt) this.compact()
  }

  private check(): void {
    this.timer = undefined
    const now = performance.now()
    for (; this.first < this.items.length; this.first++) {
      const item = this.items[this.first]
      if (!item) continue
      const at = this.times[this.first] ?? 0
      // Timers fire up to a millisecond early.
      if (at > now + 1) {
        this.timer = setTimeout(() => this.check(), at - now)
        break
      }
      this.items[this.first] = undefined
      item.place = -1
      item.late()
    }
    if (this.first === this.items.length) this.compact()
  }

  /** Removes the places of finished items. */
  private compact(): void {
    let kept = 0
    for (let place = this.first; place < this.items.length; place++) {
      const item = this.items[place]
      if (!item) continue
      item.place = kept
      this.items[kept] = item
      this.times[kept] = this.times[place] ?? 0
      kept += 1
    }
    this.items.length = kept
    this.times.length = kept
    this.first = 0
  }
}

const compactAt = 4_096
