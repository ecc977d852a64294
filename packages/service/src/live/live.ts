import { setTimeout as sleep } from 'node:timers/promises'
import { GraphError } from '@vardgraf/errors'
import { isTransient } from '../database/transient.js'
import type { RequestContext } from '../serve/context.js'
import { within } from '../serve/within.js'
import type { Platform } from '../start/platform.js'

/** What one read of the table gave. */
export interface Batch<T> {
  items: T[]
  /** Where the next read continues. */
  cursor: string | null
  /** Nothing will come after it: the stream completes. */
  done?: boolean
}

export interface LiveOptions<T> {
  ctx: RequestContext
  /** Topics whose hints make the stream read at once. */
  topics: readonly string[]
  after: string | null
  read(cursor: string | null): Promise<Batch<T>>
  /** Asked before the first read, before every event and at every slow read; false ends the stream. */
  mayContinue(): Promise<boolean>
}

export interface LiveStream<T> extends AsyncIterableIterator<T> {
  /** The last item could not be shown. It comes again after a pause, with access checked anew. */
  again(failure: unknown): void
}

/** The longest delay after a lost hint, and after access that ended without a hint (a birthday at midnight). [A6] */
const SLOW_LOOK_MS = 4_000
/** Pauses of a stream while something that it needs is away; after the last it ends with a retryable error. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 4_000, 4_000]

/**
 * A live stream. At a hint it reads the table from its cursor, so the order is the table's and each item comes once. A client that
 * reconnects with its last cursor misses nothing. Nothing is read before the consumer asks. During a short outage the stream waits, and
 * reads again from the same cursor.
 *
 * Ends with GraphError NOT_FOUND (may not start), ACCESS_ENDED (may not go on) or SESSION_ENDED (the login expired), or with the
 * error of an outage that lasted too long.
 */
export function live<T>(platform: Pick<Platform, 'hints' | 'clock'>, options: LiveOptions<T>): LiveStream<T> {
  const alarm = new Alarm()
  const unsubscribes = [
    ...options.topics.map((topic) => platform.hints.subscribe(topic, alarm.ring)),
    platform.clock.onJump(alarm.ring),
  ]
  const close = (): void => {
    for (const unsubscribe of unsubscribes) unsubscribe()
    alarm.close()
  }
  const unshown: { failure?: unknown } = {}
  const events = generate(options, alarm, unshown, close)
  return {
    next: () => events.next(),
    // A waiting generator handles `return` only when it resumes.
    return: () => {
      close()
      return events.return(undefined)
    },
    throw: (error) => {
      close()
      return events.throw(error)
    },
    again: (failure) => {
      unshown.failure = failure
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function* generate<T>(
  { ctx, after, read, mayContinue }: LiveOptions<T>,
  alarm: Alarm,
  unshown: { failure?: unknown },
  close: () => void,
): AsyncGenerator<T, undefined> {
  const check = async (code: 'NOT_FOUND' | 'ACCESS_ENDED'): Promise<void> => {
    ctx.renew()
    if (sessionEnded(ctx)) throw new GraphError('SESSION_ENDED', {}, ctx.language)
    if (!(await within(ctx.waiting, mayContinue))) throw new GraphError(code, {}, ctx.language)
  }
  const looking = new Patience(alarm)
  const mayGoOn = (): Promise<void> => looking.until(() => check('ACCESS_ENDED'))
  const showing = new Patience(alarm)
  try {
    let cursor = after
    await check('NOT_FOUND')
    while (!alarm.closed) {
      alarm.reset()
      const batch = await looking.until(() => within(ctx.waiting, () => read(cursor)))
      // Access was checked just before the read.
      let checked = true
      for (const item of batch.items) {
        for (;;) {
          if (!checked) await mayGoOn()
          checked = false
          unshown.failure = undefined
          yield item
          if (unshown.failure === undefined) break
          await showing.pause(unshown.failure)
        }
        showing.renew()
      }
      cursor = batch.cursor
      if (batch.done) return
      if (batch.items.length === 0) await alarm.wait(SLOW_LOOK_MS)
      // The client has gone: nothing more is asked.
      if (alarm.closed) return
      await mayGoOn()
    }
  } catch (error) {
    if (!alarm.closed) throw error
  } finally {
    close()
  }
}

function sessionEnded({ viewer, now }: RequestContext): boolean {
  return viewer.kind !== 'ANONYMOUS' && now().getTime() >= viewer.sessionExpiresAt * 1000
}

/** Waits, longer each time, while something needed is away. A success starts the pauses anew. */
class Patience {
  private pauses = 0

  constructor(private readonly alarm: Alarm) {}

  async until<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const result = await work()
        this.renew()
        return result
      } catch (error) {
        await this.pause(error)
      }
    }
  }

  /** @throws the failure when it is permanent, has lasted too long, or the client no longer listens. */
  async pause(failure: unknown): Promise<void> {
    const longest = PAUSES_MS[this.pauses]
    if (longest === undefined || !isTransient(failure)) throw failure
    this.pauses += 1
    // Spread, so that not all streams read in the same moment when the database is back.
    await this.alarm.sleep(longest * (0.5 + Math.random() / 2))
    if (this.alarm.closed) throw failure
  }

  renew(): void {
    this.pauses = 0
  }
}

/** Rings once, however often it was rung before anything waited for it. */
class Alarm {
  closed = false
  private rung = Promise.withResolvers<void>()
  private readonly end = new AbortController()

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

  /** Sleeps through every ring; only `close` ends it early. */
  async sleep(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.end.signal }).catch(() => {})
  }

  close(): void {
    this.closed = true
    this.ring()
    this.end.abort()
  }
}
