/** Something that must be done by a deadline. Only Deadlines touches `place`. */
export interface Timed {
  /** Where it waits; -1 when it does not. */
  place: number
  /** The deadline has passed. */
  late(): void
}

/**
 * One deadline for very many short-lived things: as each has the same time, the oldest is always first, and one timer looks at it.
 * A timer for each would be made and cleared for every request to a subgraph. An array and not a Map: the tables that a Map leaves
 * behind when it grows refer to one another and to what was in them, and keep whole requests alive until the next full collection.
 */
export class Deadlines {
  private items: (Timed | undefined)[] = []
  private times: number[] = []
  /** Everything before is done with. */
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

  /** Lets go of the places that are done with. */
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
