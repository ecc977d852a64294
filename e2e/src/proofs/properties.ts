import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Evidence, Order, Proof } from './proof.js'
import { filesBelow } from './sources.js'
import { lastWords, runTool } from './tool.js'

/** One property may take this long; what it has not done by then it leaves, and the table tells how many runs it made. */
const secondsPerProperty = 60

/** Written by scripts/properties.ts, a line for each property. */
interface Line {
  test: string
  file: string
  runs: number
  wanted: number
  failure: string | null
}

export const properties: Proof = {
  name: 'properties',
  claim: 'Every property in the repository holds for thousands of values, not only for those of the suite.',
  rules: ['R20', 'R23', 'R27', 'R30', 'R31', 'R32', 'R36', 'A1'],
  invariants: ['Every property that a test states by fast-check.'],
  attack: `All test files with properties run with many times their usual number of runs and another seed, each property for at most ${secondsPerProperty} s.`,
  unit: 'times the usual number',
  runs: 100,
  minutes: 20,
  // The suite runs the same tests, once.
  shortRuns: null,
  make,
}

/** Test files that state properties. */
export const propertyFiles = (): string[] => filesBelow(/\.test\.ts$/, (text) => text.includes("from 'fast-check'"))

async function make({ runs, seed, signal, say }: Order): Promise<Evidence> {
  const files = propertyFiles()
  const folder = mkdtempSync(join(tmpdir(), 'vardgraf-properties-'))
  const report = join(folder, 'report.jsonl')
  say(`${files.length} files`)
  try {
    const { code, output } = await runTool(
      // One file at a time: a time limit is then spent on the property, not on waiting. Beside properties a file has other tests.
      ['vitest', 'run', '--no-file-parallelism', '--testTimeout=600000', '--reporter=dot', ...files],
      {
        VARDGRAF_PROPERTY_RUNS: String(runs),
        VARDGRAF_PROPERTY_SEED: String(seed),
        VARDGRAF_PROPERTY_SECONDS: String(secondsPerProperty),
        VARDGRAF_PROPERTY_REPORT: report,
      },
      signal,
    )
    return evidence(runs, read(report), files, code === 0 ? null : output)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const read = (report: string): Line[] =>
  readFileSync(report, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

function evidence(runs: number, lines: readonly Line[], files: readonly string[], output: string | null): Evidence {
  const of = (key: (line: Line) => string) => Map.groupBy(lines, key)
  const failures = lines
    .filter(({ failure }) => failure !== null)
    .map(({ test, file, failure }) => ({ invariant: `${test} (${file})`, counterexample: failure ?? '' }))
  const silent = files.filter((file) => !of((line) => line.file).has(file))
  if (silent.length > 0)
    failures.push({ invariant: 'every file with properties runs one', counterexample: `none ran in ${silent.join(', ')}` })
  if (output !== null && failures.length === 0)
    failures.push({
      invariant: 'the tests beside the properties pass',
      counterexample: lastWords(output),
    })
  const rows = [...of(({ file, test }) => `${file}\n${test}`)].map(([key, each]) => {
    const [file = '', test = ''] = key.split('\n')
    const sum = (of: 'runs' | 'wanted') => each.reduce((total, line) => total + line[of], 0)
    return [test.split(' > ').at(-1) ?? test, file, sum('runs'), sum('wanted')] as const
  })
  return {
    runs,
    tables: [
      {
        title: `${rows.reduce((total, [, , made]) => total + made, 0)} runs of ${rows.length} properties`,
        head: ['property', 'file', 'runs', 'wanted'],
        rows,
      },
    ],
    failures,
  }
}
