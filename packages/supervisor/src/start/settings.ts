import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { type ProcessName, processNames, root } from '../platform.js'
import { enterable } from '../postgres/binaries.js'

/** What `npm start` can be told by environment. */
export interface StartSettings {
  ports: Record<ProcessName, number>
  postgresPort: number
  /** Variable that moves each port, for messages. */
  portVariables: Record<ProcessName | 'postgres', string>
  /** Keys, logs and, normally, the database. */
  folder: string
  postgresFolder: string
  /** A PostgreSQL of one's own instead of the embedded one. */
  databaseUrl: string | null
  /** Whether a few invented patients wait when everything runs. */
  demo: boolean
}

const offsets: Record<ProcessName | 'postgres', number> = {
  gateway: 0,
  patients: 1,
  visits: 2,
  messaging: 3,
  billing: 4,
  sandbox: 5,
  postgres: 10,
}

/**
 * - `VARDGRAF_PORT` (4000): the gateway's; the others follow it (+1 … +5, PostgreSQL +10)
 * - `VARDGRAF_PORT_GATEWAY`, `…_PATIENTS`, `…_POSTGRES` and so on: one alone
 * - `VARDGRAF_DATA` (`.vardgraf`): the data folder
 * - `VARDGRAF_DATABASE_URL`: a PostgreSQL of one's own
 * - `VARDGRAF_DEMO` (`true`): whether a few invented patients wait from the start
 * @throws Error naming the variable that is wrong
 */
export function startSettings(env: NodeJS.ProcessEnv): StartSettings {
  const base = portOf('VARDGRAF_PORT', env.VARDGRAF_PORT ?? '4000')
  const portVariables = Object.fromEntries(
    Object.keys(offsets).map((name) => [name, `VARDGRAF_PORT_${name.toUpperCase()}`]),
  ) as StartSettings['portVariables']
  const port = (name: ProcessName | 'postgres'): number =>
    env[portVariables[name]] === undefined
      ? portOf(`VARDGRAF_PORT + ${offsets[name]} (${name})`, String(base + offsets[name]))
      : portOf(portVariables[name], env[portVariables[name]] ?? '')
  const folder = resolve(root, env.VARDGRAF_DATA ?? '.vardgraf')
  return {
    ports: Object.fromEntries(processNames.map((name) => [name, port(name)])) as Record<ProcessName, number>,
    postgresPort: port('postgres'),
    portVariables,
    folder,
    postgresFolder: postgresFolderOf(folder),
    databaseUrl: env.VARDGRAF_DATABASE_URL ?? null,
    demo: demoOf(env.VARDGRAF_DEMO ?? 'true'),
  }
}

/** PostgreSQL does not run as root, and whom it runs as instead cannot enter a folder such as `/root`: then the data lies elsewhere. */
function postgresFolderOf(folder: string): string {
  if (process.getuid?.() !== 0 || enterable(folder)) return join(folder, 'postgres')
  return `/var/tmp/vardgraf-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
}

function demoOf(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Error('VARDGRAF_DEMO must be true or false')
  return text === 'true'
}

function portOf(variable: string, text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${variable} must be a port from 1 to 65535`)
  return port
}
