// What takes the time of a test run: its slowest files and tests, and what it started.
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

/** @typedef {{ name: string, seconds: number, loading: number, hooks: number }} FileTime `seconds` in all; of these `loading` its modules, and in `hooks`, most of which boot something */
/** @typedef {{ name: string, file: string, seconds: number }} TestTime */
/** @typedef {{ total: number, files: FileTime[], tests: TestTime[], boots: Record<string, number> }} Times `total` seconds of all files, whichever worker ran them; the slowest first */

const shown = 10
const nameWidth = 72

/**
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {string} root names of files are told from there
 * @param {string} boots file with a line for each boot; it may be missing
 * @returns {Times}
 */
export function timesOf(modules, root, boots) {
  const files = modules.map((module) => fileTime(module, root))
  const tests = modules.flatMap((module) =>
    [...module.children.allTests()].map((test) => ({
      name: test.fullName,
      file: relative(root, module.moduleId),
      seconds: (test.diagnostic()?.duration ?? 0) / 1000,
    })),
  )
  return {
    total: files.reduce((sum, { seconds }) => sum + seconds, 0),
    files: slowest(files),
    tests: slowest(tests),
    boots: countsOf(existsSync(boots) ? readFileSync(boots, 'utf8') : ''),
  }
}

/**
 * @param {import('vitest/node').TestModule} module
 * @param {string} root
 * @returns {FileTime}
 */
function fileTime(module, root) {
  const { environmentSetupDuration, prepareDuration, setupDuration, collectDuration, duration } = module.diagnostic()
  const loading = environmentSetupDuration + prepareDuration + setupDuration + collectDuration
  let tests = 0
  for (const test of module.children.allTests()) tests += test.diagnostic()?.duration ?? 0
  return {
    name: relative(root, module.moduleId),
    seconds: (loading + duration) / 1000,
    loading: loading / 1000,
    hooks: Math.max(0, duration - tests) / 1000,
  }
}

/**
 * @template {{ seconds: number }} T
 * @param {T[]} all
 */
const slowest = (all) => all.toSorted((a, b) => b.seconds - a.seconds).slice(0, shown)

/**
 * @param {string} lines
 * @returns {Record<string, number>}
 */
function countsOf(lines) {
  /** @type {Record<string, number>} */
  const counts = {}
  for (const line of lines.split('\n').filter(Boolean)) counts[line] = (counts[line] ?? 0) + 1
  return counts
}

/**
 * The tables for people.
 * @param {Times} times
 */
export function slowestTables({ total, files, tests, boots }) {
  const share = (/** @type {number} */ seconds) => `${((100 * seconds) / (total || 1)).toFixed(1)} %`
  const started = ['graph', 'process', 'subgraph', 'database'].map((what) => `${plural(boots[what] ?? 0, what)}`)
  return [
    line('Slowest files', 'seconds', 'share', 'loading', 'hooks'),
    ...files.map(({ name, seconds, loading, hooks }) =>
      line(name, seconds.toFixed(1), share(seconds), loading.toFixed(1), hooks.toFixed(1)),
    ),
    '',
    line('Slowest tests', 'seconds', 'share'),
    ...tests.map(({ name, seconds }) => line(name, seconds.toFixed(1), share(seconds))),
    '',
    `${total.toFixed(1)} s in all files; started: ${started.join(', ')}`,
  ].join('\n')
}

/** @param {string[]} cells the first one to the left, the others to the right */
function line(name = '', ...cells) {
  const short = name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name
  return short.padEnd(nameWidth) + cells.map((cell) => cell.padStart(9)).join('')
}

const plural = (/** @type {number} */ count, /** @type {string} */ what) =>
  `${count} ${count === 1 ? what : what === 'process' ? 'processes' : `${what}s`}`
