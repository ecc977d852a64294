/** At most so many pieces of work at once for each key; the rest wait in order. */
export class Turns {
  private readonly lanes = new Map<string, { busy: number; waiting: (() => void)[] }>()

  constructor(private readonly atOnce: number) {}

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const lane = this.lanes.get(key) ?? { busy: 0, waiting: [] }
    this.lanes.set(key, lane)
    // The next in line takes the place that has become free.
    if (lane.busy < this.atOnce) lane.busy += 1
    else await new Promise<void>((resolve) => lane.waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = lane.waiting.shift()
      if (next) next()
      else lane.busy -= 1
      if (lane.busy === 0) this.lanes.delete(key)
    }
  }
}
