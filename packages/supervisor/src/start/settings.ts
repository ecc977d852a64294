import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { ServiceName } from '@vardgraf/manifest'
import { root } from '../platform.js'
import { enterable } from '../postgres/binaries.js'
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
}

/**
 * - `VARDGRAF_PORT` (4000): the gateway's; the others keep their distance to it
 * - `VARDGRAF_PORT_GATEWAY`, `…_PATIENTS`, `…_POSTGRES` and so on: one alone
 * - `VARDGRAF_DATA` (`.vardgraf`): the data folder
 * - `VARDGRAF_DATABASE_URL`: a PostgreSQL of one's own
 * - `VARDGRAF_DEMO` (`true`): whether a few invented patients wait from the start
 * @throws Error naming each variable that is wrong
 */
export function startSettings(env: NodeJS.ProcessEnv): StartSettings {
  const { postgres = 0, ...ports } = portsOf(env)
  const folder = resolve(root, env.VARDGRAF_DATA ?? '.vardgraf')
  return {
    ports: ports as Record<ServiceName, number>,
    postgresPort: postgres,
    folder,
    postgresFolder: postgresFolderOf(folder),
    databaseUrl: env.VARDGRAF_DATABASE_URL || null,
    demo: demoOf(env.VARDGRAF_DEMO || 'true'),
  }
}

/** PostgreSQL refuses to run as root. If the account that runs it instead cannot enter the folder (such as one below `/root`), the data is stored elsewhere. */
function postgresFolderOf(folder: string): string {
  if (process.getuid?.() !== 0 || enterable(folder)) return join(folder, 'postgres')
  return `/var/tmp/vardgraf-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
}

function demoOf(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Error('VARDGRAF_DEMO must be true or false')
  return text === 'true'
}
