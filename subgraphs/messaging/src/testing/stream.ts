import { WAIT_MS } from '@vardgraf/testing'
import type { Client, SubscribePayload } from 'graphql-ws'

// biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for
type Data = any

/** A subscription in a test: events wait until they are asked for. */
export class Stream {
  /** Everything that has come so far. */
  readonly events: Data[] = []
  /** How it ended: `complete`, or the code of the error. */
  readonly ended: Promise<string>
  readonly stop: () => void
  private taken = 0
  private wake = Promise.withResolvers<void>()

  constructor(client: Client, payload: SubscribePayload) {
    const ended = Promise.withResolvers<string>()
    this.ended = ended.promise
    this.stop = client.subscribe<Data>(payload, {
      next: ({ data, errors }) => {
        // Refused before it began: one answer without data, and then it completes.
        if (errors && !data) ended.resolve(String(errors[0]?.extensions?.code))
        else this.events.push(errors ? { errors: errors.map(({ extensions }) => extensions?.code) } : data)
        this.ring()
      },
      error: (error) => {
        const [first] = Array.isArray(error) ? error : []
        ended.resolve(first?.extensions?.code ?? String(error))
        this.ring()
      },
      complete: () => ended.resolve('complete'),
    })
  }

  /** The next event that has not been taken.
   *  @throws Error when none comes within `timeoutMs`. */
  async next(timeoutMs = WAIT_MS): Promise<Data> {
    const until = Date.now() + timeoutMs
    while (this.events.length <= this.taken) {
      const left = until - Date.now()
      if (left <= 0) throw new Error(`no event within ${timeoutMs} ms; so far: ${JSON.stringify(this.events)}`)
      await Promise.race([this.wake.promise, new Promise((resolve) => setTimeout(resolve, left))])
    }
    this.taken += 1
    return this.events[this.taken - 1]
  }

  private ring(): void {
    this.wake.resolve()
    this.wake = Promise.withResolvers<void>()
  }
}
