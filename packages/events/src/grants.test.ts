import { createLogger } from '@vardgraf/process'
import { startPostgres, type TestDatabase } from '@vardgraf/testing'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { busGrantsSql, connectBus, migrateBus } from './index.js'

/** Roles belong to the whole server: names that no other test has. */
const unique = crypto.randomUUID().slice(0, 8)
const roles = { visits: `jobs_visits_${unique}`, messaging: `jobs_messaging_${unique}`, patients: `jobs_patients_${unique}` }
const errors: unknown[] = []
const log = Object.assign(createLogger('jobs', 'silent'), { error: (fields: unknown) => errors.push(fields) })
let database: TestDatabase

beforeAll(async () => {
  database = await startPostgres()
  await migrateBus(database.url)
  for (const [service, role] of Object.entries(roles)) {
    await database.owner.query(`CREATE ROLE ${role} LOGIN`)
    for (let times = 0; times < 2; times += 1) await database.owner.query(busGrantsSql(service, role))
  }
})
afterAll(async () => {
  for (const role of Object.values(roles)) await database.owner.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
  await database.stop()
})
const as = (service: keyof typeof roles): string => Object.assign(new URL(database.url), { username: roles[service] }).href

it('a service that works on no queue connects, and does nothing that its role may not', async () => {
  const bus = await connectBus(as('patients'), log, 'patients')
  await bus.stop()
  expect(errors).toEqual([])
})

it('the worker’s role does all that looking after its queues takes: failing, expiring and clearing away jobs', async () => {
  const boss = new PgBoss({
    connectionString: as('messaging'),
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
  })
  boss.on('error', (error) => errors.push(error))
  await boss.start()
  await boss.send('sms.send', {}, { retryLimit: 1, expireInSeconds: 1 })
  const [job] = await boss.fetch('sms.send')
  await boss.fail('sms.send', job?.id ?? '')
  await database.owner.query("UPDATE pgboss.job_common SET start_after = now() WHERE name = 'sms.send'")
  const [again] = await boss.fetch('sms.send')
  expect(again?.id).toBe(job?.id)
  await database.owner.query("UPDATE pgboss.job_common SET started_on = now() - interval '1 hour'")
  await database.owner.query('UPDATE pgboss.queue SET monitor_on = NULL, maintain_on = NULL')
  await boss.supervise()
  const { rows } = await database.owner.query("SELECT state FROM pgboss.job_common WHERE name = 'sms.send'")
  expect(rows).toEqual([{ state: 'failed' }])
  await database.owner.query(
    "UPDATE pgboss.job_common SET completed_on = now() - interval '1 year', keep_until = now() - interval '1 year'",
  )
  await database.owner.query('UPDATE pgboss.queue SET monitor_on = NULL, maintain_on = NULL')
  await boss.supervise()
  expect((await database.owner.query('SELECT FROM pgboss.job_common')).rowCount).toBe(0)
  await boss.stop({ graceful: false })
  expect(errors).toEqual([])
})
