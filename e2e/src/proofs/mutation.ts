import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { equivalents } from './equivalent-mutants.js'
import type { Evidence, Order, Proof } from './proof.js'
import { Random } from './random.js'
import { filesBelow, root } from './sources.js'
import { lastWords, runTool } from './tool.js'

/** Percent of its mutants that the tests of a file must find. */
const threshold = 80

/** Of Stryker's report (mutation-testing-report-schema). */
interface Report {
  files: Record<string, { source: string; mutants: Mutant[] }>
}
interface Mutant {
  mutatorName: string
  replacement?: string
  status: 'Killed' | 'Survived' | 'NoCoverage' | 'Timeout' | 'CompileError' | 'RuntimeError' | 'Ignored' | 'Pending'
  location: { start: { line: number; column: number }; end: { line: number; column: number } }
}

export const mutation: Proof = {
  name: 'mutation',
  claim: 'A small change to a rule, or to who may see something, is found by a test that needs neither a database nor a process.',
  rules: [],
  invariants: [
    `Of each file's mutants ${threshold} % or more are found; mutants that change nothing are listed with the reason and not counted.`,
    'Each mutant that is listed as equivalent is still made and still survives.',
  ],
  attack: 'Stryker changes one condition, operator, number, text or call at a time, and runs the tests that reach it.',
  unit: 'rules files',
  runs: ruleFiles().length,
  minutes: 10,
  // The suite checks which files are mutated: a mutant takes seconds.
  shortRuns: null,
  make,
}

/** What is mutated: each `rules.ts`, `…-rules.ts` or file in a folder of rules, the forms, what such a file passes on, and who may see what. */
export function ruleFiles(): string[] {
  const rules = filesBelow(/((\/|-)rules\/[^/]+|\/rules|-rules)\.ts$|^packages\/forms\/src\/.+\.ts$/)
  const passedOn = rules.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^export \* from '\.\/(.+)\.js'$/gm)].map(
      ([, name]) => `${dirname(file)}/${name}.ts`,
    ),
  )
  const access = filesBelow(/(\/(access|capabilities)|^packages\/access\/src\/.+)\.ts$/)
  return [...new Set([...rules, ...passedOn, ...access])].filter((file) => !/\.test\.ts$|\/testing\//.test(file)).sort()
}

/** The tests that may find a mutant: of the same workspaces, and without a database or a process. */
export function ruleTests(): string[] {
  const workspaces = new Set(ruleFiles().map(workspaceOf))
  const heavy =
    /startService|startPostgres|startPreparedPostgres|startGraph|@vardgraf\/testing'|\/testing\/|node:child_process|createServer/
  return filesBelow(/\.test\.ts$/, (text) => !heavy.test(text)).filter((file) => workspaces.has(workspaceOf(file)))
}
const workspaceOf = (file: string): string => file.split('/').slice(0, 2).join('/')

async function make({ runs, seed, signal, say }: Order): Promise<Evidence> {
  const files = chosen(runs, seed)
  const folder = mkdtempSync(join(tmpdir(), 'vardgraf-mutation-'))
  const report = join(folder, 'report.json')
  const config = join(folder, 'stryker.config.json')
  writeFileSync(config, JSON.stringify(settings(files, report, join(folder, 'sandbox'))))
  say(`${files.length} files, ${ruleTests().length} files of tests`)
  try {
    const { code, output } = await runTool(
      ['stryker', 'run', config],
      { VARDGRAF_MUTATION_TESTS: JSON.stringify(ruleTests()) },
      signal,
    )
    if (code !== 0) throw new Error(lastWords(output))
    return evidence(files, JSON.parse(readFileSync(report, 'utf8')) as Report, files.length === ruleFiles().length)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whom a mistake would hurt the most: these are mutated first when not all are. */
const first = /\/(guardianship|booking|queue|chat\/rules|cases\/rules|capabilities|access)\.ts$/

function chosen(count: number, seed: number): string[] {
  const random = new Random(seed)
  const order = ruleFiles().map((file) => ({ file, place: random.next() - (first.test(file) ? 1 : 0) }))
  return order
    .sort((a, b) => a.place - b.place)
    .slice(0, count)
    .map(({ file }) => file)
    .sort()
}

const settings = (mutate: readonly string[], report: string, tempDirName: string) => ({
  mutate,
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts' },
  // What is built is older than what is mutated; the rest is not needed to run a test.
  ignorePatterns: ['dist', '.turbo', 'bench', '.vardgraf', 'docs', 'test-report*.json', '*.log'],
  tempDirName,
  concurrency: 2,
  reporters: ['json'],
  jsonReporter: { fileName: report },
  ignoreStatic: false,
  checkers: [],
  disableTypeChecks: true,
  allowConsoleColors: false,
})

function evidence(files: readonly string[], { files: told }: Report, whole: boolean): Evidence {
  const all = Object.entries(told).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ file, ...mutant, code: codeOf(source, mutant) })),
  )
  const reasonOf = ({ file, code, replacement }: (typeof all)[number]): string | undefined =>
    equivalents.find((each) => file.endsWith(each.file) && each.code === code && each.replacement === replacement)?.reason
  const survivors = all.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  const real = survivors.filter((mutant) => reasonOf(mutant) === undefined)
  const rows = files.map((file) => {
    const found = all.filter(
      (mutant) => mutant.file === file && (mutant.status === 'Killed' || mutant.status === 'Timeout'),
    ).length
    const missed = real.filter((mutant) => mutant.file === file).length
    const equal = survivors.filter((mutant) => mutant.file === file).length - missed
    return { file, found, missed, equal, score: found + missed === 0 ? 100 : Math.floor((100 * found) / (found + missed)) }
  })
  const stale = equivalents.filter(
    ({ file, code, replacement }) =>
      whole && !survivors.some((each) => each.file.endsWith(file) && each.code === code && each.replacement === replacement),
  )
  const line = ({ location, mutatorName, code, replacement, status }: (typeof all)[number]): string =>
    `${location.start.line}: ${mutatorName}: ${code} → ${replacement ?? ''}${status === 'NoCoverage' ? ' (no test reaches it)' : ''}`
  return {
    runs: files.length,
    tables: [
      {
        title: 'Mutants found, by file',
        head: ['file', 'found', 'missed', 'equivalent', '% found'],
        rows: rows.map(({ file, found, missed, equal, score }) => [file, found, missed, equal, score]),
      },
      {
        title: 'Missed',
        head: ['file', 'line', 'mutant'],
        rows: real.map((mutant) => [mutant.file, mutant.location.start.line, `\`${line(mutant).replace(/^\d+: /, '')}\``]),
      },
      {
        title: 'Equivalent: they change nothing that a caller can see',
        head: ['file', 'line', 'mutant', 'reason'],
        rows: survivors
          .filter((mutant) => reasonOf(mutant) !== undefined)
          .map((mutant) => [
            mutant.file,
            mutant.location.start.line,
            `\`${line(mutant).replace(/^\d+: /, '')}\``,
            reasonOf(mutant) ?? '',
          ]),
      },
    ],
    failures: [
      ...rows
        .filter(({ score }) => score < threshold)
        .map(({ file, score }) => ({
          invariant: `${threshold} % of the mutants of ${file} are found`,
          counterexample: `${score} % are; missed, by line:\n${real
            .filter((mutant) => mutant.file === file)
            .map(line)
            .join('\n')}`,
        })),
      ...stale.map(({ file, code, replacement }) => ({
        invariant: 'each mutant that is listed as equivalent survives',
        counterexample: `${file}: ${code} → ${replacement} is found by a test, or is not made: take it off the list`,
      })),
    ],
  }
}

/** The text that a mutant replaces, on one line. */
function codeOf(source: string, { location: { start, end } }: Mutant): string {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  const last = lines.length - 1
  return lines
    .map((text, index) => text.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined).trim())
    .join(' ')
}
