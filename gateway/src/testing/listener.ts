import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import type { Client } from 'graphql-ws'

/** What one subscription received; `next` waits for the next message, `end` for its end. */
export class Listener {
  readonly results: FormattedExecutionResult[] = []
  readonly end: Promise<'complete' | { errors: readonly GraphQLFormattedError[] } | { closed: number; reason: string }>
  readonly stop: () => void
  private readonly waiting: (() => void)[] = []
  private taken = 0

  constructor(client: Client, query: string, variables: Record<string, unknown> = {}) {
    const ended = Promise.withResolvers<Awaited<Listener['end']>>()
    this.end = ended.promise
    this.stop = client.subscribe(
      { query, variables },
      {
        next: (result) => {
          this.results.push(result as FormattedExecutionResult)
          for (const wake of this.waiting.splice(0)) wake()
        },
        error: (error) => ended.resolve(describe(error)),
        complete: () => ended.resolve('complete'),
      },
    )
  }

  async next(): Promise<FormattedExecutionResult> {
    for (;;) {
      const result = this.results[this.taken]
      if (result) {
        this.taken += 1
        return result
      }
      const woken = new Promise<void>((resolve) => this.waiting.push(resolve))
      const end = await Promise.race([woken, this.end])
      if (end) throw new Error(`ended: ${JSON.stringify(end)}`)
    }
  }
}

function describe(error: unknown): Awaited<Listener['end']> {
  if (Array.isArray(error)) return { errors: error }
  const { code, reason } = error as { code?: number; reason?: string }
  if (code !== undefined) return { closed: code, reason: reason ?? '' }
  throw error
}
