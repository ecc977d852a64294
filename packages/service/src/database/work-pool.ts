import { currentWork } from '@vardgraf/process'
import type pg from 'pg'

/**
 * A pool whose work ends when its caller no longer waits (`currentWork().signal`): it leaves the queue, and a running statement is
 * cancelled in the database. A transaction that has its connection runs to its end; the time limits of its statements and locks bound it.
 */
export function endingWithItsWork<P extends pg.Pool>(pool: P, canceller: pg.Pool): P {
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<pg.PoolClient>
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>

  return Object.assign(pool, {
    connect: (callback?: unknown) => {
      const signal = currentWork()?.signal
      return signal && !callback ? connectFor(connect, signal) : connect(callback)
    },
    query: (...args: unknown[]) => {
      const signal = currentWork()?.signal
      return signal && typeof args.at(-1) !== 'function' ? queryFor(connect, signal, args, canceller) : query(...args)
    },
  }) as P
}

/** Has the shape of PostgreSQL's own error: Prisma's adapter knows no other, and would hide the reason. */
class Cancelled extends Error {
  readonly code = '57014'
  readonly severity = 'ERROR'

  constructor() {
    super('canceled, since nobody waits for it')
  }
}

/** Gives a connection, unless the signal comes first; a connection that comes later goes back to the pool. */
function connectFor(connect: () => Promise<pg.PoolClient>, signal: AbortSignal): Promise<pg.PoolClient> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Cancelled())
    const giveUp = (): void => reject(new Cancelled())
    signal.addEventListener('abort', giveUp)
    connect()
      .then((client) => (signal.aborted ? client.release() : resolve(client)), reject)
      .finally(() => signal.removeEventListener('abort', giveUp))
  })
}

async function queryFor(
  connect: () => Promise<pg.PoolClient>,
  signal: AbortSignal,
  args: unknown[],
  canceller: pg.Pool,
): Promise<unknown> {
  const client = await connectFor(connect, signal)
  const broken = Promise.withResolvers<never>()
  client.once('error', broken.reject)
  const answer = Promise.race([(client.query as (...args: unknown[]) => Promise<unknown>).apply(client, args), broken.promise])
  const release = (error?: Error | boolean): void => {
    client.removeListener('error', broken.reject)
    client.release(error)
  }
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      reject(new Cancelled())
      const { processID } = client as unknown as { processID: number }
      const cancelled = canceller.query('SELECT pg_cancel_backend($1)', [processID])
      // Not used again: a cancellation that arrives after its statement has ended would cancel the next one.
      void Promise.allSettled([answer, cancelled]).then(() => release(true))
    }
    signal.addEventListener('abort', cancel)
    answer.then(
      (result) => {
        signal.removeEventListener('abort', cancel)
        if (signal.aborted) return
        release()
        resolve(result)
      },
      (error: Error) => {
        signal.removeEventListener('abort', cancel)
        if (signal.aborted) return
        release(error)
        reject(error)
      },
    )
  })
}
