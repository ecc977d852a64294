// Installs, generates and builds what is missing or out of date. Runs on any Node from 20.19 and needs no package.
// `node scripts/prepare.mjs` does only that; start and test use it first.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { built } from '../packages/supervisor/src/built.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url))
const stamps = join(root, 'node_modules', '.cache', 'vardgraf')
const localNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

/** What a shell expects of a program that Ctrl-C ended. */
const stoppedByCtrlC = 130

/** Lines for people, and the end. */
export function fail(message) {
  for (const line of message.split('\n')) console.error(`✗ ${line}`)
  process.exit(1)
}

/** Node that the platform runs on: the locked one, or the machine's own where the locked one does not exist (macOS). */
export function runtime() {
  if (existsSync(localNode)) return localNode
  if (newerThan([24, 2])) return process.execPath
  fail(`this platform has no packaged Node 24 and the machine's own is ${process.version}: install Node 24 and try again`)
}

/** Everything that is needed before anything can run; what is up to date is skipped. */
export async function prepare() {
  if (!newerThan([20, 19])) fail(`Vårdgraf needs Node 20.19 or newer to start, this is ${process.version}`)
  useHooks()
  await install()
  await build()
}

/** The commit hook of this repository, in a checkout that has no hooks of its own. A worktree takes those of the checkout it belongs to. */
function useHooks() {
  const folder = join(root, '.git')
  if (process.env.CI || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  const { status } = spawnSync('git', ['config', 'core.hooksPath'], { cwd: root })
  // 1: nobody has set it. Without git, or where it cannot be written, there is no hook, and all else goes on.
  if (status === 1) spawnSync('git', ['config', 'core.hooksPath', '.githooks'], { cwd: root })
}

/** The path of something built, from the root; ends with one line when it is older than its source. */
export function program(path) {
  try {
    return built(join(root, path))
  } catch (error) {
    return fail(error.message)
  }
}

/** Imports something built, by the same rule: no script may run what was written the day before. */
export const load = (path) => import(pathToFileURL(program(path)).href)

async function install() {
  const patches = hashOf(readdirSync(join(root, 'patches')).map((name) => join('patches', name)))
  if (installed() && (stampOf('patches') ?? patches) === patches) return stamp('patches', patches)
  await timed('installing', () => run(npm(), ['ci', '--no-audit', '--no-fund', '--loglevel=error']))
  stamp('patches', patches)
}

/** Whether what npm has noted down as installed is what the lock file says; packages for other systems may be missing. */
function installed() {
  const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false
  const found = read('node_modules/.package-lock.json')
  const wanted = Object.entries(read('package-lock.json')).filter(([path]) => path.includes('node_modules/'))
  return wanted.every(([path, { version, optional, link }]) =>
    found[path] ? found[path].version === version : optional || (link && existsSync(join(root, path))),
  )
}

/** Turbo runs what turbo.json says, and skips what it has done for the same content. */
async function build() {
  const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo')
  await timed('building', () => run(runtime(), [turbo, 'run', 'compile', '--output-logs=errors-only']))
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

const stampOf = (name) => (existsSync(join(stamps, name)) ? readFileSync(join(stamps, name), 'utf8') : null)

function stamp(name, hash) {
  mkdirSync(stamps, { recursive: true })
  writeFileSync(join(stamps, name), hash)
}

async function timed(title, work) {
  const began = performance.now()
  process.stdout.write(process.stdout.isTTY ? `… ${title}` : `… ${title}\n`)
  const interrupted = () => {
    console.log(`\nstopped while ${title}; the next time it goes on from there`)
    process.exit(stoppedByCtrlC)
  }
  process.once('SIGINT', interrupted)
  const { code, output } = await work()
  process.off('SIGINT', interrupted)
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K')
  if (code !== 0) {
    console.error(output.trim())
    fail(`${title} failed`)
  }
  console.log(`✓ ${title} ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

function run(file, args) {
  return new Promise((resolve) => {
    const path = `${dirname(localNode)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
      shell: process.platform === 'win32',
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

const npm = () => (process.platform === 'win32' ? 'npm.cmd' : 'npm')

function newerThan([major, minor]) {
  const [thisMajor, thisMinor] = process.versions.node.split('.').map(Number)
  return thisMajor > major || (thisMajor === major && thisMinor >= minor)
}

/** Whether this process runs on the platform's Node; before an install it may not. */
export function onRuntime() {
  const wanted = runtime()
  if (wanted === process.execPath || newerThan([24, 2])) return true
  return spawnSync(wanted, ['--version'], { encoding: 'utf8' }).stdout?.trim() === process.version
}

/** Runs a script again on the platform's Node, with the same arguments: this process only prepared. They end together. */
export function handOver(script) {
  const env = { ...process.env, VARDGRAF_PREPARED: 'true' }
  // The channel ties it to this process, however this one ends.
  const child = spawn(runtime(), [script, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env })
  // Ctrl-C reaches the child by itself; a signal sent to this process alone is passed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepare()
