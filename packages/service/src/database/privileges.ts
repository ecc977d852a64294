import { SettingsError } from '@vardgraf/process'
import type pg from 'pg'
import { roleOf } from './roles.js'

/** The rights that no running process may have, and how PostgreSQL tells whether the connected login has them. */
const tooMuch = {
  'is a superuser': `role.rolsuper`,
  'passes by row security': `role.rolbypassrls`,
  'may make roles': `role.rolcreaterole`,
  'may make databases': `role.rolcreatedb`,
  'may replicate': `role.rolreplication`,
  'has a predefined role of PostgreSQL': `role.rolname ~ '^pg_' AND role.rolname <> 'pg_database_owner'`,
  'may switch off triggers': `has_parameter_privilege(role.oid, 'session_replication_role', 'SET')`,
  'may make schemas': `has_database_privilege(role.oid, current_database(), 'CREATE')`,
  'owns or may make tables': `EXISTS (SELECT FROM pg_namespace n WHERE n.nspname !~ '^pg_'
    AND (pg_has_role(role.oid, n.nspowner, 'MEMBER') OR has_schema_privilege(role.oid, n.oid, 'CREATE')))
    OR EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND pg_has_role(role.oid, c.relowner, 'MEMBER'))`,
  'may read or change the access log': `has_any_column_privilege(role.oid, 'audit.audit_event', 'SELECT, UPDATE, REFERENCES')
    OR has_table_privilege(role.oid, 'audit.audit_event', 'DELETE, TRUNCATE, TRIGGER')`,
  'reaches the tables of another service': `EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'audit', $1, $2)
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')
    AND has_schema_privilege(role.oid, n.oid, 'USAGE')
    AND (has_any_column_privilege(role.oid, c.oid, 'SELECT, INSERT, UPDATE') OR has_table_privilege(role.oid, c.oid, 'DELETE, TRUNCATE')))`,
} as const

/** Of the login and every role that it can take on. */
const SQL = `SELECT ${Object.values(tooMuch)
  .map((question, index) => `bool_or(${question}) AS "${index}"`)
  .join(', ')}
FROM pg_roles role WHERE pg_has_role(session_user, role.oid, 'MEMBER')`

const INSUFFICIENT_PRIVILEGE = '42501'
/** No such schema, no such table. */
const NOT_MIGRATED = ['3F000', '42P01']

/**
 * A process runs with a login that can do its work and nothing more: an attacker in the process cannot switch off the access log. [A3]
 * @throws SettingsError that says what the login may do, and what to use instead.
 */
export async function refuseTooMuch(database: pg.Pool, service: string, jobsSchema: string): Promise<void> {
  const { rows } = await database.query<Record<string, boolean>>(SQL, [service, jobsSchema]).catch((error: { code?: string }) => {
    if (NOT_MIGRATED.includes(error.code ?? ''))
      throw new SettingsError('the database is not migrated: run the dist/migrate.js of each subgraph first')
    if (error.code === INSUFFICIENT_PRIVILEGE)
      throw new SettingsError(`DATABASE_URL: its login has not the role ${roleOf(service)}`)
    throw error
  })
  const found = Object.keys(tooMuch).filter((_, index) => rows[0]?.[index])
  if (found.length === 0) return
  throw new SettingsError(
    `DATABASE_URL: its login ${found.join(', ')}: give this process a login with the role ${roleOf(service)} and no other`,
  )
}
