import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { auditSchemaSql } from '@vardgraf/access'
import { migrateBus } from '@vardgraf/events'
import { processSettings, readSettings, runTask } from '@vardgraf/process'
import pg from 'pg'
import { databaseUrl } from '../start/settings.js'
import { AUDIT_READER, auditGrantsSql, ensureRoles, roleOf, serviceGrantsSql } from './roles.js'

/** Serialises migrations of processes that start together; any number will do, if it is always the same. */
const MIGRATION_LOCK = 20_250_424
const LOCKFILE = 'provider = "postgresql"\n'
const filters = { externalTables: [], externalEnums: [] }

/** What a service has in the database. */
export interface Migration {
  service: string
  /** The PostgreSQL schema that it owns; null where it stores nothing of its own. */
  schema: string | null
  /** Tables that hold work under way, not what has happened: their rows may be deleted, and no others. */
  passing?: readonly string[]
  /** Brings the schema up to date, as its owner, and gives the names of what was applied now. */
  apply(ownerUrl: string): Promise<string[]>
}

/** A subgraph's schema is named like it, and its migrations are Prisma's. */
export const subgraphMigration = (schema: string, prismaDirectory: URL, passing: readonly string[] = []): Migration => ({
  service: schema,
  schema,
  passing,
  apply: (ownerUrl) => migrate(ownerUrl, schema, fileURLToPath(prismaDirectory)),
})

/** The program `dist/migrate.js` of a service: brings the shared schemas and its own up to date, and its role's rights. */
export function runMigration(migration: Migration): Promise<void> {
  return runTask(migration.service, async (log) => {
    const settings = readSettings({ MIGRATOR_DATABASE_URL: databaseUrl, LOG_LEVEL: processSettings.LOG_LEVEL })
    log.info({ applied: await migrateService(settings.MIGRATOR_DATABASE_URL, migration) }, 'migrated')
  })
}

/** Brings all that a service has in the database up to date: shared schemas, its own, its role. Safe to run again and beside others. */
export async function migrateService(ownerUrl: string, { service, schema, passing, apply }: Migration): Promise<string[]> {
  await migrateShared(ownerUrl)
  const applied = await apply(ownerUrl)
  await underLock(ownerUrl, async (client) => {
    await ensureRoles(client, [roleOf(service)])
    await client.query(serviceGrantsSql(service, schema, passing))
  })
  return applied
}

/** Brings the shared schemas (access log, jobs) up to date. Safe to run again and beside itself. */
async function migrateShared(ownerUrl: string): Promise<void> {
  await underLock(ownerUrl, async (client) => {
    await ensureRoles(client, [AUDIT_READER])
    await client.query(auditSchemaSql)
    await client.query(auditGrantsSql)
    await migrateBus(ownerUrl)
  })
}

/**
 * Applies the migrations in `prismaDirectory/migrations` to the subgraph's own PostgreSQL schema, by Prisma's engine.
 * Gives the names of those that were applied now.
 */
async function migrate(ownerUrl: string, schema: string, prismaDirectory: string): Promise<string[]> {
  return underLock(ownerUrl, async (client) => {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)}`)
    const { engine, close } = await openEngine(ownerUrl, schema, prismaDirectory)
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationsList(prismaDirectory), filters })
      return appliedMigrationNames
    } finally {
      await close()
    }
  })
}

/**
 * Writes the migration that leads from the last one to the data model and gives its folder; null where nothing has changed.
 * Each migration keeps the data model it leads to beside its SQL: the engine's description of a live database does not work
 * over this adapter, and so nothing but files is compared.
 */
export async function createMigration(
  anyDatabaseUrl: string,
  schema: string,
  prismaDirectory: string,
  name: string,
  at: Date,
): Promise<string | null> {
  const last = migrationsList(prismaDirectory).migrationDirectories.at(-1)?.path
  const before = last ? join(prismaDirectory, 'migrations', last, 'schema.prisma') : null
  const target = schemaFile(prismaDirectory)
  if (before && readFileSync(before, 'utf8') === target.content) return null
  const { engine, close } = await openEngine(anyDatabaseUrl, schema, prismaDirectory)
  try {
    const { stdout } = await engine.diff({
      from: before ? { tag: 'schemaDatamodel', files: [{ ...target, content: readFileSync(before, 'utf8') }] } : { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [target] },
      script: true,
      exitCode: null,
      filters,
    })
    if (!stdout) throw new Error('the engine gave no SQL')
    const stamp = at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
    const folder = join(prismaDirectory, 'migrations', `${stamp}_${name}`)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'migration.sql'), stdout)
    await writeFile(join(folder, 'schema.prisma'), target.content)
    const lockfile = join(prismaDirectory, 'migrations', 'migration_lock.toml')
    if (!existsSync(lockfile)) await writeFile(lockfile, LOCKFILE)
    return folder
  } finally {
    await close()
  }
}

async function openEngine(databaseUrl: string, schema: string, prismaDirectory: string) {
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm')
  // A pool of ours, since the engine does not end its own: that would keep the process alive for ten idle seconds.
  const pool = new pg.Pool({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
  const { path, content } = schemaFile(prismaDirectory)
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool, { schema }))
  const engine = await SchemaEngine.new({ datamodels: [[path, content]] }, () => {}, adapter)
  const close = async (): Promise<void> => {
    engine.free()
    await pool.end()
  }
  return { engine, close }
}

function schemaFile(prismaDirectory: string): { path: string; content: string } {
  return { path: 'schema.prisma', content: readFileSync(join(prismaDirectory, 'schema.prisma'), 'utf8') }
}

function migrationsList(prismaDirectory: string) {
  const baseDir = join(prismaDirectory, 'migrations')
  const names = existsSync(baseDir) ? readdirSync(baseDir, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : []
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: LOCKFILE },
    shadowDbInitScript: '',
    migrationDirectories: names
      .map(({ name }) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: readFileSync(join(baseDir, name, 'migration.sql'), 'utf8') },
        },
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  }
}

async function underLock<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    return await work(client)
  } finally {
    await client.end()
  }
}
