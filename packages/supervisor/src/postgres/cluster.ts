import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Programs, programs } from './binaries.js'

const major = '18'
const stopMilliseconds = 10_000

/** A PostgreSQL server that this process started. */
export interface Cluster {
  /** Its administrator's address, of the database `postgres`. */
  url: string
  /** Resolves when the server has ended, for any reason. */
  ended: Promise<void>
  /** Ends sessions and shuts down cleanly. */
  stop(): Promise<void>
}

export type ClusterOptions = {
  dataDir: string
  port: number
  /** `-c` settings beside the fixed ones. */
  settings?: Record<string, string>
}

/** A data folder that no server can use; `npm run reset` removes it. */
export class BrokenDataFolder extends Error {
  override name = 'BrokenDataFolder'
}

/** Another process listens on the port. */
export class PortTaken extends Error {
  override name = 'PortTaken'
  constructor(readonly port: number) {
    super(`port ${port} is taken`)
  }
}

/**
 * Starts PostgreSQL on a data folder, which is made first if it is missing. It listens on 127.0.0.1 only and asks for no password:
 * for the sandbox and tests. Its output goes to `<dataDir>.log`.
 * @throws BrokenDataFolder | PortTaken
 */
export async function startCluster({ dataDir, port, settings = {} }: ClusterOptions): Promise<Cluster> {
  const found = await programs()
  if (!existsSync(dataDir)) await initialise(found, dataDir)
  checkFolder(dataDir)
  const fixed = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', max_connections: '300' }
  const flags = Object.entries({ ...fixed, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = run(found.postgres, ['-D', dataDir, '-p', String(port), ...flags], found)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await ready(child, dataDir, port)
  return { url: `postgres://vardgraf@127.0.0.1:${port}/postgres`, ended, stop: () => stop(child, ended) }
}

/** Makes the folder under another name and then renames it: a folder with the final name is complete. */
async function initialise(found: Programs, dataDir: string): Promise<void> {
  const half = `${dataDir}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(dirname(dataDir), { recursive: true })
  mkdirSync(half, { mode: 0o700 })
  if (found.user) chownSync(half, found.user.uid, found.user.gid)
  // The builtin provider sorts alike on every machine; Swedish order is asked for by name ("sv-x-icu").
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const child = run(
    found.initdb,
    ['-D', half, '--username=vardgraf', '--auth=trust', '--no-sync', '--no-instructions', ...locale],
    found,
  )
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`PostgreSQL could not make its data folder ${dataDir}: ${output.trim().split('\n').at(-1)}`)
  renameSync(half, dataDir)
}

function checkFolder(dataDir: string): void {
  const version = join(dataDir, 'PG_VERSION')
  const whole = existsSync(version) && existsSync(join(dataDir, 'global', 'pg_control'))
  if (!whole) throw new BrokenDataFolder(`the data folder ${dataDir} is half-written`)
  const found = readFileSync(version, 'utf8').trim()
  if (found !== major) throw new BrokenDataFolder(`the data folder ${dataDir} belongs to PostgreSQL ${found}, not ${major}`)
}

function run(program: string, args: string[], found: Programs): ChildProcess {
  // A session of its own: Ctrl-C in the terminal reaches the supervisor, which stops the database last.
  return spawn(program, args, {
    ...found.user,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  })
}

async function ready(child: ChildProcess, dataDir: string, port: number): Promise<void> {
  const log = createWriteStream(`${dataDir}.log`, { flags: 'a' })
  let output = ''
  child.stdout?.pipe(log, { end: false })
  child.stderr?.pipe(log, { end: false })
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString()
      if (!output.includes('ready to accept connections')) return
      child.stderr?.off('data', listen)
      resolve()
    }
    child.stderr?.on('data', listen)
    child.once('error', reject)
    child.once('close', () => reject(failure(output, dataDir, port)))
  })
}

function failure(output: string, dataDir: string, port: number): Error {
  if (output.includes('Address already in use') || output.includes('could not create any TCP/IP sockets'))
    return new PortTaken(port)
  const fatal = output.split('\n').find((line) => /FATAL|PANIC/.test(line)) ?? output.trim().split('\n').at(-1) ?? 'no output'
  const reason = fatal.replace(/^.*?(FATAL|PANIC):\s*/, '')
  if (reason.includes('lock file "postmaster.pid" already exists'))
    return new Error(`another PostgreSQL uses the data folder ${dataDir}: stop the other npm start first`)
  return new BrokenDataFolder(`PostgreSQL cannot start from ${dataDir} (${reason})`)
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  // SIGINT is PostgreSQL's "fast" shutdown: open sessions are ended, everything committed is kept.
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), stopMilliseconds)
  await ended.finally(() => clearTimeout(timer))
}
