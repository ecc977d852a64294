import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { ServiceName } from '@vardgraf/manifest'
import { enterable } from '../postgres/binaries.js'
import { databaseOf, dataFolderOf, demoOf, inspectedOf } from './checks.mjs'
import { portsOf } from './ports.mjs'

/** The settings of `npm start`, from the environment. */
export interface StartSettings {
  ports: Record<ServiceName, number>
  /** Of the embedded one; 0 with a PostgreSQL of one's own. */
  postgresPort: number
  /** Keys, logs and, normally, the database. */
  folder: string
  postgresFolder: string
  /** A PostgreSQL of one's own instead of the embedded one. */
  databaseUrl: string | null
  /** Whether a few invented patients wait when everything runs. */
  demo: boolean
  /** The process that a debugger can attach to. */
  inspected: string | null
}

/**
 * - `VARDGRAF_PORT` (4000): the gateway's; the others keep their distance to it
 * - `VARDGRAF_PORT_GATEWAY`, `…_PATIENTS`, `…_POSTGRES` and so on: one alone
 * - `VARDGRAF_DATA` (`.vardgraf`): the data folder
 * - `VARDGRAF_DATABASE_URL`: a PostgreSQL of one's own
 * - `VARDGRAF_DEMO` (`true`): whether a few invented patients wait from the start
 * - `VARDGRAF_INSPECT` (none): the process that a debugger can attach to on port 9229
 * @throws Error naming each variable that is wrong
 */
export function startSettings(env: NodeJS.ProcessEnv): StartSettings {
  const { postgres = 0, ...ports } = portsOf(env)
  const folder = dataFolderOf(env)
  return {
    ports: ports as Record<ServiceName, number>,
    postgresPort: postgres,
    folder,
    postgresFolder: postgresFolderOf(folder),
    databaseUrl: databaseOf(env)?.href ?? null,
    demo: demoOf(env),
    inspected: inspectedOf(env),
  }
}

/** PostgreSQL refuses to run as root. If the account that runs it instead cannot enter the folder (such as one below `/root`), the data is stored elsewhere. */
function postgresFolderOf(folder: string): string {
  if (process.getuid?.() !== 0 || enterable(folder)) return join(folder, 'postgres')
  return `/var/tmp/vardgraf-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
}
