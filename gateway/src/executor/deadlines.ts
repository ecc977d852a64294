/**
 * One deadline for very many short-lived things: as each has the same time, the oldest is always first, and one timer looks at it.
 * A timer for each would be made and cleared for every request to a subgraph.
 */
export class Deadlines<T> {
  /** In the order in which they were added. */
  private readonly waiting = new Map<T, number>()
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly deadlineMs: number,
    private readonly late: (item: T) => void,
  ) {}

  add(item: T): void {
    this.waiting.set(item, performance.now() + this.deadlineMs)
    this.timer ??= setTimeout(() => this.check(), this.deadlineMs)
  }

  remove(item: T): void {
    this.waiting.delete(item)
  }

  private check(): void {
    this.timer = undefined
    const now = performance.now()
    for (const [item, at] of this.waiting) {
      // Timers fire up to a millisecond early.
      if (at > now + 1) {
        this.timer = setTimeout(() => this.check(), at - now)
        return
      }
      this.waiting.delete(item)
      this.late(item)
    }
  }
}
