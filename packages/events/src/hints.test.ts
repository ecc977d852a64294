import { setTimeout as sleep } from 'node:timers/promises'
import { createLogger } from '@vardgraf/process'
import { startPostgres } from '@vardgraf/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { batchesOf, connectHints, type Hints } from './hints.js'

const log = createLogger('hints', 'silent')

describe('hints', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let sender: Hints
  let hearer: Hints

  beforeAll(async () => {
    postgres = await startPostgres()
    sender = await connectHints(postgres.url, log)
    hearer = await connectHints(postgres.url, log)
  })
  afterAll(async () => {
    await Promise.all([sender.stop(), hearer.stop()])
    await postgres.stop()
  })

  it('wake the waiting in another connection, by topic', async () => {
    const wanted = vi.fn()
    const other = vi.fn()
    const unsubscribe = hearer.subscribe('case:1', wanted)
    hearer.subscribe('case:2', other)
    sender.publish(['case:1'])
    await vi.waitFor(() => expect(wanted).toHaveBeenCalledTimes(1))
    unsubscribe()
    sender.publish(['case:1', 'case:2'])
    await vi.waitFor(() => expect(other).toHaveBeenCalledTimes(1))
    expect(wanted).toHaveBeenCalledTimes(1)
  })

  it('of one turn of the event loop travel together, each topic once', async () => {
    const wake = vi.fn()
    hearer.subscribe('busy', wake)
    for (let i = 0; i < 1_000; i++) sender.publish(['busy'])
    await vi.waitFor(() => expect(wake).toHaveBeenCalled())
    await sleep(50)
    expect(wake).toHaveBeenCalledTimes(1)
  })

  it('wake everybody after a lost connection, since nobody knows what was missed', async () => {
    const wake = vi.fn()
    hearer.subscribe('anything', wake)
    const admin = new pg.Client({ connectionString: postgres.url })
    await admin.connect()
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()",
    )
    await admin.end()
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), { timeout: 5_000 })
    wake.mockClear()
    sender.publish(['anything'])
    await vi.waitFor(() => expect(wake).toHaveBeenCalled(), { timeout: 5_000 })
  })

  it('are split so that each payload fits what PostgreSQL takes', () => {
    const topics = Array.from({ length: 1_000 }, (_, i) => `messaging:case:${i}:åäö`)
    const batches = batchesOf(topics)
    expect(batches.flat()).toEqual(topics)
    for (const batch of batches) expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(8_000)
  })
})
