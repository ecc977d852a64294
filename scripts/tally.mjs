// How many tests passed, failed and were skipped: what vitest's own counts leave out is counted as failed.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { slowestTables, timesOf } from './slowest.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** vitest's reporter that writes the counts to a file, and what took the time. */
export class Tally {
  /** @param {string} file */
  constructor(file) {
    this.file = file
    this.boots = join(tmpdir(), `vardgraf-boots-${process.pid}`)
  }

  /** Workers add a line to the file for each boot (`packages/testing/src/boots.ts`). */
  onTestRunStart() {
    rmSync(this.boots, { force: true })
    process.env.VARDGRAF_BOOTS = this.boots
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const times = timesOf(modules, process.cwd(), this.boots)
    writeFileSync(this.file, JSON.stringify({ ...countsOf(modules, unhandled), times }))
    rmSync(this.boots, { force: true })
  }
}

/**
 * Failed is: a test that failed, or did not get to run; a file that did not load or had nothing in it; a hook; an error that nobody caught.
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly unknown[]} unhandled
 * @returns {Counts}
 */
function countsOf(modules, unhandled) {
  const counts = { passed: 0, failed: unhandled.length, skipped: 0 }
  for (const module of modules) {
    for (const group of [module, ...module.children.allSuites()]) if (group.errors().length > 0) counts.failed++
    for (const test of module.children.allTests()) counts[outcomeOf(test)]++
  }
  return counts
}

/**
 * @param {import('vitest/node').TestCase} test
 * @returns {keyof Counts}
 */
function outcomeOf(test) {
  const { state } = test.result()
  if (state === 'passed' || state === 'failed') return state
  return test.options.mode === 'skip' || test.options.mode === 'todo' ? 'skipped' : 'failed'
}

/**
 * The last line of `npm test`. It never says that nothing failed when vitest says that something did.
 * @param {string} file what `Tally` wrote; it may be missing
 * @param {number | null} code vitest's exit code
 */
export function tallyLine(file, code) {
  const { passed, failed, skipped } = read(file)
  return `${passed} passed, ${code === 0 ? failed : Math.max(failed, 1)} failed, ${skipped} skipped`
}

/**
 * What `npm test` prints before that: tables of the slowest files and tests, and what was started. Empty when vitest has counted nothing.
 * @param {string} file what `Tally` wrote; it may be missing
 */
export function timeTables(file) {
  const { times } = read(file)
  return times ? slowestTables(times) : ''
}

/**
 * @param {string} file
 * @returns {Counts & { times?: import('./slowest.mjs').Times }}
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // vitest ended before it had anything to count.
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
