// What `npm start` is told by environment, looked at before anything is installed or built: needs no package and no build.
import { statSync } from 'node:fs'
import { connect } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkPorts, standard } from './ports.mjs'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const standardPostgres = 5432
const patienceMilliseconds = 5_000

/**
 * The data folder.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 * @throws Error when it is a file
 */
export function dataFolderOf({ VARDGRAF_DATA: given }) {
  const folder = resolve(root, given || '.vardgraf')
  if (statSync(folder, { throwIfNoEntry: false })?.isFile()) throw new Error(`VARDGRAF_DATA is a file, not a folder: ${folder}`)
  return folder
}

/**
 * A PostgreSQL of one's own, or null.
 * @param {NodeJS.ProcessEnv} env
 * @returns {URL | null}
 * @throws Error that never repeats the address, which holds a password
 */
export function databaseOf({ VARDGRAF_DATABASE_URL: given }) {
  if (!given) return null
  const url = URL.canParse(given) ? new URL(given) : null
  if (url?.protocol === 'postgresql:' || url?.protocol === 'postgres:') return url
  throw new Error('VARDGRAF_DATABASE_URL must be an address such as postgresql://user:password@localhost:5432/vardgraf')
}

/**
 * Whether a few invented patients wait when everything runs.
 * @param {NodeJS.ProcessEnv} env
 * @throws Error
 */
export function demoOf({ VARDGRAF_DEMO: given }) {
  const text = given || 'true'
  if (text !== 'true' && text !== 'false') throw new Error('VARDGRAF_DEMO must be true or false')
  return text === 'true'
}

/**
 * The process that a debugger can attach to, or null.
 * @param {NodeJS.ProcessEnv} env
 * @throws Error naming the processes there are
 */
export function inspectedOf({ VARDGRAF_INSPECT: given }) {
  const names = Object.keys(standard).filter((name) => name !== 'postgres')
  if (given && !names.includes(given)) throw new Error(`VARDGRAF_INSPECT must be one of ${names.join(', ')}`)
  return given || null
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @throws Error with everything that keeps the platform from starting and can be known before, a line each
 */
export async function checkStart(env) {
  const problems = []
  for (const check of [
    () => checkPorts(env),
    () => dataFolderOf(env),
    () => checkDatabase(env),
    () => demoOf(env),
    () => inspectedOf(env),
  ]) {
    try {
      await check()
    } catch (error) {
      problems.push(/** @type {Error} */ (error).message)
    }
  }
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

/** @param {NodeJS.ProcessEnv} env */
async function checkDatabase(env) {
  const url = databaseOf(env)
  // An address without a host names a socket's folder among its parameters.
  if (!url?.hostname) return
  const port = Number(url.port) || standardPostgres
  const reason = await unreachable(url.hostname.replace(/^\[|\]$/g, ''), port)
  if (reason)
    throw new Error(
      `VARDGRAF_DATABASE_URL: no PostgreSQL answers at ${url.hostname}:${port} (${reason}): start it, or mend the address`,
    )
}

/**
 * Why nothing can be reached there, or null.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | null>}
 */
function unreachable(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patienceMilliseconds })
    const end = (/** @type {string | null} */ reason) => {
      socket.destroy()
      resolve(reason)
    }
    socket.once('connect', () => end(null))
    socket.once('timeout', () => end('no answer'))
    socket.once('error', (/** @type {NodeJS.ErrnoException} */ { code }) => end(code ?? 'no connection'))
  })
}
