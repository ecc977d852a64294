import { leaseServer } from '@vardgraf/supervisor'
import { Client } from 'pg'

/** A database of one's own in the shared embedded PostgreSQL 18 (with ICU). */
export interface TestDatabase {
  /** `postgres://…/test_<uuid>`: empty, dropped by stop(). */
  url: string
  /** The same with `search_path` set to a schema, which the caller creates. */
  connectionUrl(schema: string): string
  /** Drops the database with every connection to it. */
  stop(): Promise<void>
}

/** Creates a fresh database; starts the server when nobody has. About 50 ms when it runs, a second when it does not. */
export async function startPostgres(): Promise<TestDatabase> {
  return createDatabase(await leaseServer(), null)
}

/** A database of its own on a leased server: empty, or the copy of another. */
export async function createDatabase(server: { url: string; release(): void }, template: string | null): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await administer(server.url, `CREATE DATABASE ${name} ${template ? `TEMPLATE ${template} ` : ''}STRATEGY file_copy`)
  const url = new URL(server.url)
  url.pathname = name
  return {
    url: url.href,
    connectionUrl: (schema) => `${url.href}?options=${encodeURIComponent(`-c search_path=${schema}`)}`,
    stop: async () => {
      await administer(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      server.release()
    },
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
