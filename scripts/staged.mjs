// The commit hook (.githooks/pre-commit): formats and lints what is staged, and nothing else. No time limit: it holds on a busy machine.
// A file that is staged in part is only looked at, as it is staged: what is not staged is never written, added or lost.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
const check = ['check', '--error-on-warnings', '--no-errors-on-unmatched', '--files-ignore-unknown=true']

if (!existsSync(biome)) {
  console.error('nothing is installed, so what is staged was not looked at: npm start installs')
  process.exit(0)
}

const staged = files('diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z')
const changedSince = new Set(files('diff', '--name-only', '-z'))
const whole = staged.filter((file) => !changedSince.has(file))
const inPart = staged.filter((file) => changedSince.has(file))
// `git commit <path>` commits another index than the one that stays: what a hook adds to it would seem to be taken back afterwards.
const stays = ['index', 'index.lock'].includes(basename(process.env.GIT_INDEX_FILE ?? 'index'))

const failed = [...wrong(whole), ...inPart.filter((file) => !isRight(file))]
if (failed.length > 0) {
  console.error(`not committed: mend what is told above, stage it and commit again (npm run format mends what can be mended)`)
  process.exit(1)
}

/** Formats the files, stages what that changed, and gives those with something left to mend. */
function wrong(paths) {
  if (paths.length === 0) return []
  const before = paths.map((path) => textOf(path))
  const { status, stdout, stderr } = biomeOn([...check, ...(stays ? ['--write'] : []), '--', ...paths])
  const formatted = paths.filter((path, index) => textOf(path) !== before[index])
  if (formatted.length > 0) {
    execFileSync('git', ['add', '--', ...formatted], { cwd: root })
    console.error(`formatted and staged: ${formatted.join(', ')}`)
  }
  if (status !== 0) console.error(`${stdout}${stderr}`)
  return status === 0 ? [] : paths
}

/** Whether the file is right as it is staged, whatever stands in the working tree. */
function isRight(path) {
  const text = execFileSync('git', ['show', `:${path}`], { cwd: root, maxBuffer: 2 ** 28 })
  const { status, stdout } = biomeOn(
    ['check', '--error-on-warnings', '--files-ignore-unknown=true', '--write', `--stdin-file-path=${path}`],
    text,
  )
  if (status === 0 && stdout.equals(text)) return true
  console.error(`${path} is staged in part, and the staged part is not formatted or has lint errors`)
  return false
}

function biomeOn(args, input) {
  return spawnSync(process.execPath, [biome, ...args], { cwd: root, input, maxBuffer: 2 ** 28 })
}

function files(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 })
    .split('\0')
    .filter(Boolean)
}

function textOf(path) {
  return readFileSync(join(root, path), 'utf8')
}
