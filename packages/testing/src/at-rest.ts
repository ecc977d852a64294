import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientBase, Pool } from 'pg'
import { WAIT_MS } from './limits.js'

const lookMilliseconds = 50

/**
 * Resolves when no event and no job is due or under way. What is tried again later does not count.
 * @throws Error naming the queues that are still at work after `WAIT_MS`
 */
export async function atRest(database: Pick<Pool | ClientBase, 'query'>): Promise<void> {
  const until = performance.now() + WAIT_MS
  for (;;) {
    const { rows } = await database.query<{ name: string }>(
      `SELECT DISTINCT name FROM pgboss.job WHERE state = 'active' OR (state IN ('created', 'retry') AND start_after <= now())`,
    )
    if (rows.length === 0) return
    if (performance.now() > until)
      throw new Error(`still at work after ${WAIT_MS / 1000} s: ${rows.map(({ name }) => name).join(', ')}`)
    await sleep(lookMilliseconds)
  }
}
