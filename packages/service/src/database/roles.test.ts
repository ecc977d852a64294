import { startPostgres, type TestDatabase } from '@vardgraf/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Migration, migrateService } from '../index.js'
import { refuseTooMuch } from './privileges.js'

const INSUFFICIENT_PRIVILEGE = '42501'
/** Roles belong to the whole server: names that no other test has. */
const unique = crypto.randomUUID().slice(0, 8)
const migrator = `migrator_${unique}`
let database: TestDatabase
let migratorUrl: string

const as = (login: string): string => Object.assign(new URL(database.url), { username: login }).href
const run = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
const migrationWith = (sql: string): Migration => ({
  service: 'visits',
  schema: 'visits',
  apply: async (ownerUrl) => {
    await run(ownerUrl, `CREATE SCHEMA IF NOT EXISTS visits; ${sql}`)
    return []
  },
})

/** What keeps a process from starting with a login; null where nothing does. */
async function refusalOf(url: string): Promise<string | null> {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  try {
    return await refuseTooMuch(pool, 'visits', 'pgboss').then(
      () => null,
      (error: Error) => error.message,
    )
  } finally {
    await pool.end()
  }
}

beforeAll(async () => {
  database = await startPostgres()
  await run(
    database.url,
    `CREATE ROLE ${migrator} LOGIN CREATEROLE; ALTER DATABASE ${new URL(database.url).pathname.slice(1)} OWNER TO ${migrator}`,
  )
  migratorUrl = as(migrator)
  await migrateService(migratorUrl, migrationWith('CREATE TABLE visits.visit (id int)'))
})
afterAll(async () => {
  await run(database.url, `DROP OWNED BY ${migrator} CASCADE`)
  await run(database.url, `ALTER DATABASE ${new URL(database.url).pathname.slice(1)} OWNER TO vardgraf; DROP ROLE ${migrator}`)
  await database.stop()
})

it('a migrator that is no superuser makes schemas and rights, and may run again', async () => {
  await migrateService(migratorUrl, migrationWith(''))
  const visits = await database.login('visits')
  expect(await refusalOf(visits)).toBeNull()
  await run(visits, 'INSERT INTO visits.visit VALUES (1); UPDATE visits.visit SET id = 2')
  await expect(run(visits, 'DELETE FROM visits.visit')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE })
  await expect(run(visits, 'CREATE TEMPORARY TABLE mine (id int)')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE })
})

it('a table of a later release is the service’s to read and add to at once, to change when its rights are set', async () => {
  const visits = await database.login('visits')
  await run(migratorUrl, 'CREATE TABLE visits.slot (id int)')
  await run(visits, 'INSERT INTO visits.slot VALUES (1)')
  await expect(run(visits, 'UPDATE visits.slot SET id = 2')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE })
  await migrateService(migratorUrl, migrationWith(''))
  await run(visits, 'UPDATE visits.slot SET id = 2')
})

it('deletes from tables named as work under way, and from no others', async () => {
  const visits = await database.login('visits')
  await migrateService(migratorUrl, { ...migrationWith('CREATE TABLE visits.held (id int)'), passing: ['held'] })
  await run(visits, 'DELETE FROM visits.held')
  await expect(run(visits, 'DELETE FROM visits.visit')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE })
})

it('takes back a right that somebody has given in between', async () => {
  const visits = await database.login('visits')
  await run(
    migratorUrl,
    'GRANT SELECT, UPDATE, DELETE ON audit.audit_event TO vardgraf_visits; GRANT DELETE ON visits.visit TO PUBLIC',
  )
  expect(await refusalOf(visits)).toContain('may read or change the access log')
  await migrateService(migratorUrl, migrationWith(''))
  expect(await refusalOf(visits)).toBeNull()
  await expect(run(visits, 'DELETE FROM visits.visit')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE })
})

it.each([
  ['owns the tables', () => `GRANT ${migrator} TO`, 'may make roles, may make schemas, owns or may make tables'],
  ['owns them without inheriting it', () => `GRANT ${migrator} TO`, 'owns or may make tables', 'WITH INHERIT FALSE'],
  ['reads the log', () => 'GRANT vardgraf_audit_reader TO', 'may read or change the access log'],
  ['reads everything', () => 'GRANT pg_read_all_data TO', 'has a predefined role of PostgreSQL'],
  ['may switch off triggers', () => 'GRANT SET ON PARAMETER session_replication_role TO', 'may switch off triggers'],
  ['may make tables', () => 'GRANT CREATE ON SCHEMA public TO', 'owns or may make tables'],
])('[A3] a process does not start with a login that %s', async (_, grant, reason, how = '') => {
  const login = `login_${crypto.randomUUID().slice(0, 8)}`
  await database.login('visits')
  await run(database.url, `CREATE ROLE ${login} LOGIN; GRANT vardgraf_visits TO ${login}; ${grant()} ${login} ${how}`)
  expect(await refusalOf(as(login))).toContain(reason)
  await run(database.url, `DROP OWNED BY ${login}; DROP ROLE ${login}`)
})

it('says which role is missing to a migrator that may not make it', async () => {
  await run(database.url, `ALTER ROLE ${migrator} NOCREATEROLE`)
  const missing = { ...migrationWith(''), service: `missing_${unique}` }
  await expect(migrateService(migratorUrl, missing)).rejects.toThrow(`the role vardgraf_missing_${unique} is missing`)
  await migrateService(migratorUrl, migrationWith(''))
  await run(database.url, `ALTER ROLE ${migrator} CREATEROLE`)
})
