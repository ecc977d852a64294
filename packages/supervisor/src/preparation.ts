import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { databaseServices } from '@vardgraf/manifest'
import { runToEnd } from './child.js'
import { programOf } from './platform.js'
import { type DatabaseUrls, makeLogins } from './postgres/logins.js'

const PASSWORD_BYTES = 24
const INSUFFICIENT_PRIVILEGE = '42501'

/** Programs that bring the database up to date; they may run side by side. */
const migrations = databaseServices.map((name) => programOf(name, 'migrate'))
const loader = programOf('sandbox', 'load')

/** Every program that prepares a database. */
export const programs = [...migrations, loader]

/** Migrates as the owner of the schemas; what the programs say goes to a log in the folder.
 *  @throws Error with the last words of the one that failed. */
export async function migrateDatabase(ownerUrl: string, logs: string): Promise<void> {
  const env = { NODE_ENV: 'development', MIGRATOR_DATABASE_URL: ownerUrl }
  await Promise.all(migrations.map((program) => runToEnd('migrate', [program], env, join(logs, 'migrate.log'))))
}

/** Logins of this run alone: named like the database, so that two platforms on one server do not share them. */
export function loginsFor(ownerUrl: string): Promise<DatabaseUrls> {
  const prefix = decodeURIComponent(new URL(ownerUrl).pathname.slice(1)) || 'vardgraf'
  const password = randomBytes(PASSWORD_BYTES).toString('hex')
  return makeLogins(ownerUrl, databaseServices, { prefix, password }).catch((error: Error & { code?: string }) => {
    throw error.code === INSUFFICIENT_PRIVILEGE
      ? new Error(`VARDGRAF_DATABASE_URL: its login may make no roles (${error.message}): give it CREATEROLE`)
      : error
  })
}

/** Loads the sandbox's people and units, each into the tables of who owns them. */
export function loadSandbox(urls: DatabaseUrls, logs: string): Promise<void> {
  const env = { NODE_ENV: 'development', DATABASE_URL: urls.sandbox, PATIENTS_DATABASE_URL: urls.patients }
  return runToEnd('load', [loader], env, join(logs, 'load.log'))
}
