import { type DatabaseService, databaseServices } from '@vardgraf/manifest'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from './postgres.js'
import { startPreparedPostgres } from './prepared-database.js'

const INSUFFICIENT_PRIVILEGE = '42501'
/** A table of each schema; billing has none. */
const tables = {
  patients: 'patients.person',
  visits: 'visits.visit',
  messaging: 'messaging.care_case',
  sandbox: 'sandbox.sms',
}
const appendOnly = ['case_event', 'chat_message', 'triage_session', 'triage_answer', 'triage_result']

let database: TestDatabase
const connected = new Map<DatabaseService, Client>()

beforeAll(async () => {
  database = await startPreparedPostgres()
  for (const [service, connectionString] of Object.entries(await database.logins())) {
    const client = new Client({ connectionString })
    await client.connect()
    connected.set(service as DatabaseService, client)
  }
})
afterAll(async () => {
  await Promise.all([...connected.values()].map((client) => client.end()))
  await database?.stop()
})

/** PostgreSQL's code, or null where it did as it was told. What was done is undone. */
async function codeOf(service: DatabaseService, statement: string): Promise<string | null> {
  const client = connected.get(service)
  await client?.query('BEGIN')
  try {
    await client?.query(statement)
    return null
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await client?.query('ROLLBACK')
  }
}
const entry = (service: string): string =>
  `INSERT INTO audit.audit_event (at, service, actor_kind, patient_id, what, resource_id, refused)
   VALUES (now(), '${service}', 'STAFF', 'p', 'CareCase', 'c', false)`

describe.each(databaseServices)('the database role of %s', (service) => {
  it.each([
    'ALTER TABLE audit.audit_event DISABLE TRIGGER ALL',
    'ALTER TABLE audit.audit_event DISABLE ROW LEVEL SECURITY',
    'DROP TRIGGER audit_event_append_only ON audit.audit_event',
    'CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
    "SET session_replication_role = 'replica'",
    'SELECT count(*) FROM audit.audit_event',
    "UPDATE audit.audit_event SET actor_id = 'somebody else'",
    'DELETE FROM audit.audit_event',
    'TRUNCATE audit.audit_event',
    'DROP TABLE audit.audit_event',
    'GRANT ALL ON audit.audit_event TO PUBLIC',
    `${entry(service)} RETURNING id`,
    `INSERT INTO audit.audit_event (id, at, service, actor_kind, patient_id, what, resource_id, refused) OVERRIDING SYSTEM VALUE
     VALUES (1, now(), '${service}', 'STAFF', 'p', 'CareCase', 'c', false)`,
    entry(service === 'visits' ? 'messaging' : 'visits'),
  ])('[A3] may not: %s', async (statement) => {
    expect(await codeOf(service, statement)).toBe(INSUFFICIENT_PRIVILEGE)
  })

  it('[A3] adds to the access log in its own name', async () => {
    expect(await codeOf(service, entry(service))).toBeNull()
  })

  it.each([
    'CREATE TABLE public.mine (id int)',
    'CREATE SCHEMA mine',
    'CREATE ROLE mine',
    'SET ROLE vardgraf_audit_reader',
    "SELECT pgboss.create_queue('mine', '{}')",
    'UPDATE pgboss.version SET version = 1',
    "COPY (SELECT 1) TO PROGRAM 'true'",
  ])('may not: %s', async (statement) => {
    expect(await codeOf(service, statement)).toBe(INSUFFICIENT_PRIVILEGE)
  })

  it.each(Object.entries(tables))('has its own tables alone: %s', async (owner, table) => {
    const rows = service === owner ? null : INSUFFICIENT_PRIVILEGE
    expect(await codeOf(service, `SELECT * FROM ${table}`)).toBe(rows)
    const id = (
      await database.owner.query(`SELECT attname FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum = 1`)
    ).rows[0].attname
    if (owner !== 'sandbox') expect(await codeOf(service, `UPDATE ${table} SET ${id} = ${id}`)).toBe(rows)
    for (const statement of [
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      `ALTER TABLE ${table} ADD COLUMN mine int`,
      `DROP TABLE ${table}`,
      `CREATE TABLE ${owner}.mine (id int)`,
    ])
      expect([statement, await codeOf(service, statement)]).toEqual([statement, INSUFFICIENT_PRIVILEGE])
  })

  it('hears and gives hints', async () => {
    expect(await codeOf(service, "LISTEN vardgraf_hints; SELECT pg_notify('vardgraf_hints', '[]')")).toBeNull()
  })
})

describe('rows that the domain only adds', () => {
  it.each(appendOnly)('[R14] cannot be changed or deleted by messaging: %s', async (table) => {
    const column = (
      await database.owner.query(
        `SELECT attname FROM pg_attribute WHERE attrelid = 'messaging.${table}'::regclass AND attnum = 1`,
      )
    ).rows[0].attname
    expect(await codeOf('messaging', `SELECT * FROM messaging.${table}`)).toBeNull()
    for (const statement of [
      `UPDATE messaging.${table} SET "${column}" = "${column}"`,
      `DELETE FROM messaging.${table}`,
      `TRUNCATE messaging.${table} CASCADE`,
    ])
      expect([statement, await codeOf('messaging', statement)]).toEqual([statement, INSUFFICIENT_PRIVILEGE])
  })
})

describe('the jobs', () => {
  const job = (queue: string): string => `INSERT INTO pgboss.job_common (name, data) VALUES ('${queue}', '{}')`

  it.each([
    ['visits', 'visit.booked.messaging', null],
    ['visits', 'sms.send', INSUFFICIENT_PRIVILEGE],
    ['patients', 'visit.booked.messaging', INSUFFICIENT_PRIVILEGE],
    ['billing', 'sms.send', INSUFFICIENT_PRIVILEGE],
    ['sandbox', 'sms.send', INSUFFICIENT_PRIVILEGE],
    ['messaging', 'sms.send', null],
  ] as const)('%s puts a job into %s: %s', async (service, queue, code) => {
    expect(await codeOf(service, job(queue))).toBe(code)
  })

  it('of others are seen only by their worker', async () => {
    await database.owner.query(job('sms.send'))
    for (const service of databaseServices.filter((name) => name !== 'messaging')) {
      expect(await codeOf(service, 'SELECT data FROM pgboss.job_common')).toBe(INSUFFICIENT_PRIVILEGE)
      expect(await codeOf(service, 'DELETE FROM pgboss.job_common')).toBe(INSUFFICIENT_PRIVILEGE)
    }
    const visits = await connected.get('visits')?.query('SELECT id FROM pgboss.job_common')
    expect(visits?.rows).toEqual([])
  })
})

it('[A4] the reader of the access log reads it, and does nothing else', async () => {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query('SET ROLE vardgraf_audit_reader')
  const attempt = (statement: string) =>
    client.query(statement).then(
      () => null,
      (error: { code: string }) => error.code,
    )
  await database.owner.query(entry('visits'))
  expect((await client.query("SELECT service FROM audit.audit_event WHERE patient_id = 'p'")).rows).toEqual([
    { service: 'visits' },
  ])
  expect(await attempt(entry('visits'))).toBe(INSUFFICIENT_PRIVILEGE)
  expect(await attempt('DELETE FROM audit.audit_event')).toBe(INSUFFICIENT_PRIVILEGE)
  expect(await attempt('SELECT * FROM patients.person')).toBe(INSUFFICIENT_PRIVILEGE)
  await client.end()
})
