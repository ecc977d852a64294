/** The value below which `share` of the values lie, such as 0.99; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Counts by key, the most frequent first. */
export class Tally {
  private readonly counts = new Map<string, number>()

  add(key: string, by = 1): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + by)
  }

  of(key: string): number {
    return this.counts.get(key) ?? 0
  }

  rows(): [string, number][] {
    return [...this.counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  }

  /** `CODE 3, OTHER 1`; `none` of nothing. */
  toString(): string {
    return (
      this.rows()
        .map(([key, count]) => `${key} ${count}`)
        .join(', ') || 'none'
    )
  }
}
