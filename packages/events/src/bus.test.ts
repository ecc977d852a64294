import { createLogger } from '@vardgraf/process'
import { startPostgres, waiting } from '@vardgraf/testing'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Bus, connectBus, migrateBus, type Transaction } from './bus.js'

const log = createLogger('bus', 'silent')
const booked = { visitId: 'v1', patientId: 'p1', unitId: 'u1', caseId: null, startsAt: '2026-11-23T08:00:00+01:00' }

describe('the bus', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let bus: Bus
  let client: pg.Client
  let tx: Transaction

  beforeAll(async () => {
    postgres = await startPostgres()
    await migrateBus(postgres.url)
    await migrateBus(postgres.url)
    bus = await connectBus(postgres.url, log)
    client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    tx = { $queryRawUnsafe: async (query, ...values) => (await client.query(query, values)).rows as never }
  })
  afterAll(async () => {
    await bus.stop()
    await client.end()
    await postgres.stop()
  })

  it('delivers a fact if its transaction commits, and never if it does not', async () => {
    const heard = vi.fn()
    await client.query('BEGIN')
    await bus.append(tx, 'visit.booked', { ...booked, visitId: 'rolled back' })
    await client.query('ROLLBACK')
    await client.query('BEGIN')
    await bus.append(tx, 'visit.booked', booked)
    await client.query('COMMIT')
    await bus.on('visit.booked', 'messaging', async ({ payload }) => heard(payload))
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), waiting)
    expect(heard).toHaveBeenCalledWith(booked)
  })

  it('[R34] holds one live job for one notification, whatever is enqueued, also at once; and takes it anew when that one is over', async () => {
    const live = async (): Promise<number> =>
      (
        await client.query(
          "SELECT count(*)::int AS live FROM pgboss.job WHERE name = 'sms.send' AND state < 'completed' AND singleton_key = 'n2'",
        )
      ).rows[0].live
    const others = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const other = new pg.Client({ connectionString: postgres.url })
        await other.connect()
        return other
      }),
    )
    const through = (other: pg.Client): Transaction => ({
      $queryRawUnsafe: async (query, ...values) => (await other.query(query, values)).rows as never,
    })
    for (let round = 0; round < 3; round += 1)
      await Promise.all(others.map((other) => bus.enqueue(through(other), 'sms.send', { notificationId: 'n2' })))
    expect(await live()).toBe(1)
    await client.query("UPDATE pgboss.job SET state = 'failed' WHERE singleton_key = 'n2'")
    await bus.enqueue(tx, 'sms.send', { notificationId: 'n2' })
    expect(await live()).toBe(1)
    await client.query("DELETE FROM pgboss.job WHERE singleton_key = 'n2'")
    for (const other of others) await other.end()
  })

  it('delivers again, with the same id, when the handler fails', async () => {
    const ids: string[] = []
    await bus.work('sms.send', async ({ id }) => {
      ids.push(id)
      if (ids.length === 1) throw new Error('the operator is away')
    })
    await bus.enqueue(tx, 'sms.send', { notificationId: 'n1' })
    await vi.waitFor(() => expect(ids).toHaveLength(2), waiting)
    expect(ids[0]).toBe(ids[1])
  })

  it('[A5] keeps nothing of what an error carries', async () => {
    const work = vi.fn(async () => {
      throw Object.assign(new Error('refused'), { detail: 'Failing row contains (Hemlig).' })
    })
    await bus.work('notification.announce', work)
    const occasion = { kind: 'CASE_ANSWERED', patientId: 'p1', region: 'r', caseId: null, visitId: null, occasion: 'o1' }
    await bus.enqueue(tx, 'notification.announce', occasion)
    const outputs = async (): Promise<string> =>
      JSON.stringify((await client.query("SELECT output FROM pgboss.job WHERE name = 'notification.announce'")).rows)
    await vi.waitFor(async () => expect(await outputs()).toContain('refused'), waiting)
    expect(await outputs()).not.toContain('Hemlig')
  })

  it('[R34] a queue of an earlier release that let jobs multiply is made anew, and keeps to one job from then on', async () => {
    const older = await startPostgres()
    const boss = new PgBoss({ connectionString: older.url, schema: 'pgboss', supervise: false, schedule: false })
    await boss.start()
    await boss.createQueue('sms.send')
    for (const _ of [1, 2]) await boss.send('sms.send', { id: 'old', payload: { notificationId: 'n3' } })
    await boss.stop({ graceful: false })
    for (const _ of [1, 2]) await migrateBus(older.url)
    const database = new pg.Client({ connectionString: older.url })
    await database.connect()
    const through: Transaction = {
      $queryRawUnsafe: async (query, ...values) => (await database.query(query, values)).rows as never,
    }
    const anew = await connectBus(older.url, log)
    for (const _ of [1, 2]) await anew.enqueue(through, 'sms.send', { notificationId: 'n3' })
    const { rows } = await database.query("SELECT state FROM pgboss.job WHERE name = 'sms.send'")
    expect(rows).toEqual([{ state: 'created' }])
    await anew.stop()
    await database.end()
    await older.stop()
  })

  it('does not start on a database without its tables, and says what to do', async () => {
    const empty = await startPostgres()
    await expect(connectBus(empty.url, log)).rejects.toThrow('the database is not migrated')
    await empty.stop()
  })
})
