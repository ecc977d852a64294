import { setTimeout as sleep } from 'node:timers/promises'
import { GraphError } from '@vardgraf/errors'
import type { RequestContext } from './context.js'
import type { Platform } from './platform.js'

/** What one look at the table gave. */
export interface Batch<T> {
  items: T[]
  /** Where the next look continues. */
  cursor: string | null
  /** Nothing will ever come behind it: the stream completes. */
  done?: boolean
}

export interface LiveOptions<T> {
  ctx: RequestContext
  /** Hints that wake the reader. */
  topics: readonly string[]
  after: string | null
  read(cursor: string | null): Promise<Batch<T>>
  /** Asked before the first look, before every event and at every slow look: false ends the stream. */
  mayContinue(): Promise<boolean>
}

/** A lost hint costs this long at the most, and so does access that ended without one (a birthday at midnight). [A6] */
const SLOW_LOOK_MS = 4_000

/**
 * A live stream: a hint wakes, the table is read from the cursor. So the order is the table's, each item comes once, and a reader
 * that comes back with its last cursor misses nothing. Nothing is read ahead of a consumer that does not ask.
 *
 * Ends with GraphError NOT_FOUND (may not start), ACCESS_ENDED (may not go on) or SESSION_ENDED (the login expired).
 */
export function live<T>(platform: Pick<Platform, 'hints' | 'clock'>, options: LiveOptions<T>): AsyncIterableIterator<T> {
  const alarm = new Alarm()
  const unsubscribes = [
    ...options.topics.map((topic) => platform.hints.subscribe(topic, alarm.ring)),
    platform.clock.onJump(alarm.ring),
  ]
  const close = (): void => {
    for (const unsubscribe of unsubscribes) unsubscribe()
    alarm.close()
  }
  const events = generate(options, alarm, close)
  return {
    next: () => events.next(),
    // A generator that is waiting does not hear `return` until it wakes.
    return: () => {
      close()
      return events.return(undefined)
    },
    throw: (error) => {
      close()
      return events.throw(error)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function* generate<T>(
  { ctx, after, read, mayContinue }: LiveOptions<T>,
  alarm: Alarm,
  close: () => void,
): AsyncGenerator<T, undefined> {
  const check = async (code: 'NOT_FOUND' | 'ACCESS_ENDED'): Promise<void> => {
    ctx.renew()
    if (sessionEnded(ctx)) throw new GraphError('SESSION_ENDED', {}, ctx.language)
    if (!(await mayContinue())) throw new GraphError(code, {}, ctx.language)
  }
  try {
    let cursor = after
    await check('NOT_FOUND')
    while (!alarm.closed) {
      alarm.reset()
      const batch = await read(cursor)
      for (const [index, item] of batch.items.entries()) {
        // The first was checked just before the look.
        if (index > 0) await check('ACCESS_ENDED')
        yield item
      }
      cursor = batch.cursor
      if (batch.done) return
      if (batch.items.length === 0) await alarm.wait(SLOW_LOOK_MS)
      // Nobody is there any more: no question for her sake.
      if (alarm.closed) return
      await check('ACCESS_ENDED')
    }
  } finally {
    close()
  }
}

function sessionEnded({ viewer, now }: RequestContext): boolean {
  return viewer.kind !== 'ANONYMOUS' && now().getTime() >= viewer.sessionExpiresAt * 1000
}

/** Rings once however often it is rung while nobody waits. */
class Alarm {
  closed = false
  private rung = Promise.withResolvers<void>()

  readonly ring = (): void => this.rung.resolve()

  reset(): void {
    this.rung = Promise.withResolvers<void>()
    if (this.closed) this.ring()
  }

  async wait(atMostMs: number): Promise<void> {
    const timer = new AbortController()
    await Promise.race([this.rung.promise, sleep(atMostMs, undefined, { signal: timer.signal }).catch(() => {})])
    timer.abort()
  }

  close(): void {
    this.closed = true
    this.ring()
  }
}
