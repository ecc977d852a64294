import { busGrantsSql } from '@vardgraf/events'
import { databaseRole } from '@vardgraf/manifest'
import { SettingsError } from '@vardgraf/process'
import pg from 'pg'

/**
 * Roles of the database. The owner of every schema runs the migrations, and nothing else. Each service has a role with the rights that
 * its program needs. A role cannot log in: the logins of a platform are granted the role, under any name.
 */
export const roleOf = databaseRole

/** Reads the access log; no service may. [A3, A4] */
export const AUDIT_READER = 'vardgraf_audit_reader'

/** What an entry holds; its number is the table's own. */
const ENTRY = 'at, service, actor_kind, actor_id, unit_id, role, patient_id, what, resource_id, reason, refused'

/** By default every login may make temporary tables; the owner takes that right away. */
const NO_TEMPORARY_TABLES = `
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'USAGE')) THEN
    EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
  END IF;
END $$;`

/** The reader's rights, and that writers see nothing. Safe to run again. [A3] */
export const auditGrantsSql = `
${NO_TEMPORARY_TABLES}
${withoutStrangers('audit', AUDIT_READER)}
ALTER TABLE audit.audit_event ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ${AUDIT_READER} ON audit.audit_event;
CREATE POLICY ${AUDIT_READER} ON audit.audit_event FOR SELECT TO ${AUDIT_READER} USING (true);
GRANT USAGE ON SCHEMA audit TO ${AUDIT_READER};
GRANT SELECT ON audit.audit_event TO ${AUDIT_READER};
`

/**
 * What the role of a service may do, and no more; safe to run again, after each migration. In its own schema, if it has one, it reads, adds
 * and changes rows; a table that its migration made append-only it cannot change [R14], and it deletes from none but those named as passing. It adds
 * entries to the access log in its own name and cannot read them [A3]. Its rights to jobs are those of the catalogue.
 */
export function serviceGrantsSql(service: string, schema: string | null, passing: readonly string[] = []): string {
  const role = roleOf(service)
  return `
${schema ? schemaGrantsSql(schema, role, passing) : ''}
REVOKE ALL ON ALL TABLES IN SCHEMA audit FROM ${role};
GRANT USAGE ON SCHEMA audit TO ${role};
GRANT INSERT (${ENTRY}) ON audit.audit_event TO ${role};
DROP POLICY IF EXISTS ${role} ON audit.audit_event;
CREATE POLICY ${role} ON audit.audit_event FOR INSERT TO ${role} WITH CHECK (service = ${pg.escapeLiteral(service)});
${busGrantsSql(service, role)};
`
}

function schemaGrantsSql(name: string, role: string, passing: readonly string[]): string {
  const schema = pg.escapeIdentifier(name)
  return `
${withoutStrangers(schema, role)}
GRANT USAGE ON SCHEMA ${schema} TO ${role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};
ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT ON TABLES TO ${role};
ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE ON SEQUENCES TO ${role};
DO $$
DECLARE t record;
BEGIN
  FOR t IN
    SELECT c.oid::regclass AS name, EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'append_only') AS append_only
    FROM pg_class c
    WHERE c.relnamespace = ${pg.escapeLiteral(schema)}::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
  LOOP
    EXECUTE format('GRANT SELECT, INSERT%s ON %s TO ${role}', CASE WHEN t.append_only THEN '' ELSE ', UPDATE' END, t.name);
  END LOOP;
END $$;
${passing.map((table) => `GRANT DELETE ON ${schema}.${pg.escapeIdentifier(table)} TO ${role};`).join('\n')}`
}

/** Takes back what the role had in a schema, and what PUBLIC may have been granted. */
function withoutStrangers(schema: string, role: string): string {
  return `
REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC, ${role};
REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM PUBLIC, ${role};`
}

/**
 * Makes roles that are missing, without a login. Roles belong to the whole server, so another database's migration may do so as well.
 * @throws SettingsError when one is missing and the migrator may not make it.
 */
export async function ensureRoles(client: pg.Client, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    try {
      await client.query(`DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${pg.escapeLiteral(role)}) THEN CREATE ROLE ${role} NOLOGIN; END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$`)
    } catch (error) {
      if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error
      throw new SettingsError(
        `MIGRATOR_DATABASE_URL: the role ${role} is missing and this one may not make it: CREATE ROLE ${role} NOLOGIN, or give it CREATEROLE`,
      )
    }
  }
}

const INSUFFICIENT_PRIVILEGE = '42501'
