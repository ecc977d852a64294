import { type DatabaseService, databaseServices } from '@vardgraf/manifest'
import { type DatabaseUrls, leaseServer, makeLogins } from '@vardgraf/supervisor'
import { Client, Pool } from 'pg'
import { countBoot } from './boots.js'

/** A database of one's own in the shared embedded PostgreSQL 18 (with ICU). */
export interface TestDatabase {
  /** `postgres://…/test_<uuid>`: the owner's, of an empty database that is dropped by stop(). */
  url: string
  /** Connections of the owner, which sees and changes what a service may not. */
  owner: Pool
  /** The address of one service, with its role and no more; its migration has run. */
  login(service: DatabaseService): Promise<string>
  /** Those of all services. */
  logins(): Promise<DatabaseUrls>
  /** The same with `search_path` set to a schema, which the caller creates. */
  connectionUrl(schema: string): string
  /** Drops the database with every connection to it. */
  stop(): Promise<void>
}

/** Creates a fresh database; starts the server when none runs. About 50 ms when it runs, a second when it does not. */
export async function startPostgres(): Promise<TestDatabase> {
  return createDatabase(await leaseServer(), null)
}

/** A database of its own on a leased server: empty, or the copy of another. */
export async function createDatabase(server: { url: string; release(): void }, template: string | null): Promise<TestDatabase> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await administer(server.url, `CREATE DATABASE ${name} ${template ? `TEMPLATE ${template} ` : ''}STRATEGY file_copy`)
  countBoot('database')
  const url = new URL(server.url)
  url.pathname = name
  const owner = new Pool({ connectionString: url.href, max: 2 })
  // Those of a database that is dropped end with an error.
  owner.on('error', () => {})
  return {
    url: url.href,
    owner,
    login: async (service) => (await testLogins(url.href, [service]))[service],
    logins: () => testLogins(url.href, databaseServices),
    connectionUrl: (schema) => `${url.href}?options=${encodeURIComponent(`-c search_path=${schema}`)}`,
    stop: async () => {
      await owner.end()
      await administer(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
      server.release()
    },
  }
}

/** The test server trusts whoever connects. */
export function testLogins<S extends DatabaseService>(ownerUrl: string, services: readonly S[]): Promise<Record<S, string>> {
  return makeLogins(ownerUrl, services, { prefix: 'test', password: null })
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
