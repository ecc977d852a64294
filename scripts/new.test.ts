import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filled, namesOf } from './new/names.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const notOfTheSource = new Set(['node_modules', '.git', '.turbo', '.vardgraf', 'bench', 'test-report.json'])
/** Half a minute when the machine is quiet; a limit for what hangs, also where ten others build. */
const LANDING_MS = 1_800_000

interface Ended {
  code: number
  output: string
}

/** The tree as it is, built, in a repository of its own; packages are those of this one, workspaces its own. */
class Copy {
  readonly home = mkdtempSync(join(tmpdir(), 'vardgraf-new-'))
  readonly folder = join(this.home, 'tree')

  constructor() {
    for (const part of readdirSync(root).filter((each) => !notOfTheSource.has(each)))
      cpSync(join(root, part), join(this.folder, part), { recursive: true, preserveTimestamps: true })
    mkdirSync(join(this.folder, 'node_modules'))
    for (const name of readdirSync(join(root, 'node_modules'))) {
      const [from, to] = [join(root, 'node_modules', name), join(this.folder, 'node_modules', name)]
      if (name === '@vardgraf') cpSync(from, to, { recursive: true, verbatimSymlinks: true })
      else if (name !== '.cache') symlinkSync(from, to)
    }
  }

  run(file: string, ...args: string[]): Promise<Ended> {
    const env = {
      PATH: `${join(this.folder, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
      HOME: this.home,
      // The copy is built.
      VARDGRAF_PREPARED: 'true',
      NODE_NO_WARNINGS: '1',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.org',
    }
    return new Promise((resolve) =>
      execFile(file, args, { cwd: this.folder, env, maxBuffer: 64_000_000 }, (error, stdout, stderr) =>
        resolve({ code: error ? (typeof error.code === 'number' ? error.code : 1) : 0, output: stdout + stderr }),
      ),
    )
  }

  /** Runs something that must succeed, and gives what it wrote. */
  async ok(file: string, ...args: string[]): Promise<string> {
    const { code, output } = await this.run(file, ...args)
    expect(code, `${file} ${args.join(' ')}\n${output}`).toBe(0)
    return output
  }

  path(file: string): string {
    return join(this.folder, file)
  }

  /** What git sees, a line each: `?? new`, ` M changed`. */
  async status(): Promise<string[]> {
    return (await this.ok('git', 'status', '--porcelain', '-uall')).split('\n').filter(Boolean).sort()
  }
}

const feature = (subgraph: string, name: string, ...more: string[]) => ['scripts/new.mjs', 'feature', subgraph, name, ...more]

describe('npm run new', () => {
  let copy: Copy
  beforeAll(async () => {
    copy = new Copy()
    await copy.ok('git', 'init', '-q')
    await copy.ok('git', 'add', '.')
    await copy.ok('git', 'commit', '-qm', 'The tree as it is')
  }, LANDING_MS)
  afterAll(() => rmSync(copy.home, { recursive: true, force: true }))

  it.each([
    [
      ['feature', 'visits'],
      'npm run new -- feature <subgraph> <name> [--dry-run], the name in lower case with -, such as care-plan',
    ],
    [
      ['module', 'visits', 'probe'],
      'npm run new -- feature <subgraph> <name> [--dry-run], the name in lower case with -, such as care-plan',
    ],
    [['feature', 'pharmacy', 'probe'], 'there is no subgraph pharmacy; there are patients, visits, messaging, billing'],
    [
      ['feature', 'visits', 'carePlan'],
      'carePlan is no name for a feature: 3 to 28 characters, lower case with -, such as care-plan',
    ],
    [['feature', 'visits', 'booking'], 'the name booking is taken: there is subgraphs/visits/src/booking'],
    [['feature', 'visits', 'context'], 'the name context is taken: there is subgraphs/visits/src/context.ts'],
    [['feature', 'visits', 'care-case'], 'the name care-case is taken: the graph has a type CareCase'],
    [['feature', 'billing', 'visit'], 'the name visit is taken: the graph has a type Visit'],
    [['feature', 'visits', 'error-code'], 'the name error-code is taken: the graph has a type ErrorCode'],
    [['feature', 'visits', 'delete'], 'the name delete is taken: delete is a word of JavaScript'],
  ])('with %j says in one line what is wrong', async (args, line) => {
    expect(await copy.run('node', 'scripts/new.mjs', ...args)).toEqual({ code: 1, output: `✗ ${line}\n` })
  })

  it('lists with --dry-run what it would write, and writes nothing', async () => {
    const output = await copy.ok('node', ...feature('visits', 'probe-plan', '--dry-run'))
    for (const file of [
      'src/probe-plan/resolvers.ts',
      'src/probe-plan/probe-plan.test.ts',
      'src/features.ts',
      'prisma/schema.prisma',
    ])
      expect(output).toContain(`  subgraphs/visits/${file}\n`)
    expect(await copy.status()).toEqual([])
  })

  it(
    'leaves every file as it was when a step fails, and says which',
    async () => {
      const names = copy.path('subgraphs/visits/src/visit/names.ts')
      const text = readFileSync(names, 'utf8')
      writeFileSync(names, `${text}export const wrong: number = 'text'\n`)
      const client = 'subgraphs/visits/src/generated/prisma/internal/class.ts'
      const clientBefore = readFileSync(copy.path(client), 'utf8')
      const { code, output } = await copy.run('node', ...feature('visits', 'probe-plan'))
      const status = await copy.status()
      writeFileSync(names, text)
      expect(code).toBe(1)
      expect(output).toMatch(/✗ compiling failed\n✗ .*names\.ts.*[\s\S]*✗ nothing was written: every file is as it was\n$/)
      expect(status).toEqual([' M subgraphs/visits/src/visit/names.ts'])
      expect(readFileSync(copy.path(client), 'utf8')).toBe(clientBefore)
      expect(existsSync(copy.path('subgraphs/visits/dist/probe-plan'))).toBe(false)
    },
    LANDING_MS,
  )

  it(
    'lands a feature with tables and one without: every check is green, one central line is edited, and it can be taken back',
    async () => {
      const told = [
        await copy.ok('node', ...feature('visits', 'probe-plan')),
        await copy.ok('node', ...feature('billing', 'probe-notice')),
      ].join('\n')
      const slices = ['subgraphs/visits/src/probe-plan', 'subgraphs/billing/src/probe-notice']

      const status = await copy.status()
      const outside = status.filter((line) => !slices.some((slice) => line.includes(`${slice}/`)))
      const migration = outside.filter((line) => line.includes('_add_probe_plan/'))
      expect(migration.map((line) => line.replace(/\d{14}/, '<now>'))).toEqual([
        '?? subgraphs/visits/prisma/migrations/<now>_add_probe_plan/migration.sql',
        '?? subgraphs/visits/prisma/migrations/<now>_add_probe_plan/schema.prisma',
      ])
      const byHand = outside.filter((line) => !migration.includes(line) && !isGenerated(line))
      expect(byHand).toEqual([
        ' M subgraphs/billing/src/features.ts',
        ' M subgraphs/visits/prisma/schema.prisma',
        ' M subgraphs/visits/src/features.ts',
      ])
      expect(await changedLines('subgraphs/visits/src/features.ts')).toEqual([
        "+import { probePlan } from './probe-plan/feature.js'",
        '-export const features: readonly Feature<Context, Services>[] = [neighbours, visit, booking]',
        '+export const features: readonly Feature<Context, Services>[] = [neighbours, visit, booking, probePlan]',
      ])
      expect((await changedLines('subgraphs/visits/prisma/schema.prisma')).filter((line) => line.startsWith('-'))).toEqual([])

      await copy.ok('biome', 'check', '--error-on-warnings', '.')
      await copy.ok('tsc', '-b', 'subgraphs/visits', 'subgraphs/billing')
      await copy.ok('depcruise', '--config', '.dependency-cruiser.cjs', ...slices)
      await copy.ok('knip')
      await copy.ok('node', 'scripts/schema.mjs', '--check')
      await copy.ok('graphql-codegen', '--config', 'codegen.ts', '--check')
      await copy.ok('node', 'scripts/rules.mjs', '--check')
      const graph = readFileSync(copy.path('supergraph.graphql'), 'utf8')
      expect(graph).toMatch(/^type ProbePlan$/m)
      expect(graph).toMatch(/^type ProbeNotice$/m)
      // The permission walk, the rules of the API schema, and the slices' own tests.
      const walks = [
        'subgraphs/visits/src/features.test.ts',
        'subgraphs/billing/src/features.test.ts',
        'e2e/src/permissions.test.ts',
      ]
      await copy.ok('vitest', 'run', ...slices, ...walks, 'e2e/src/schema.test.ts')

      takeBack(told)
      for (const line of status.filter((each) => each.startsWith(' M'))) await copy.ok('git', 'restore', line.slice(3))
      expect(await copy.status()).toEqual([])
      for (const slice of slices) expect(existsSync(copy.path(slice))).toBe(false)
    },
    LANDING_MS,
  )

  const isGenerated = (line: string): boolean => /\.graphql$|\/access\.json$|\/src\/gql\/|docs\/rules\.md$/.test(line)

  const changedLines = async (file: string): Promise<string[]> =>
    (await copy.ok('git', 'diff', '-U0', file)).split('\n').filter((line) => /^[+-](?![+-])/.test(line))

  /** Deletes what the command told that it has written, and nothing else. */
  function takeBack(told: string): void {
    const written = [...told.matchAll(/Written:\n((?: {2}.+\n)+)/g)].flatMap(([, lines = '']) => lines.trim().split(/\s+/))
    expect(written.length).toBeGreaterThan(16)
    for (const file of written) rmSync(copy.path(file))
    for (const folder of new Set(written.map((file) => join(file, '..'))))
      expect(readdirSync(copy.path(folder)), folder).toEqual([])
    for (const folder of new Set(written.map((file) => join(file, '..')))) rmSync(copy.path(folder), { recursive: true })
  }
})

describe('the names of a feature', () => {
  it.each([
    ['note', 'Note', 'notes', 'note', 'a note'],
    ['care-plan', 'CarePlan', 'carePlans', 'care_plan', 'a care plan'],
    ['allergy', 'Allergy', 'allergies', 'allergy', 'an allergy'],
    ['wait-class', 'WaitClass', 'waitClasses', 'wait_class', 'a wait class'],
  ])('%s', (kebab, pascal, plural, snake, words) => {
    const names = namesOf(kebab)
    expect(names && filled('NewThing newThings new_thing a new thing', names, 'visits')).toBe(
      `${pascal} ${plural} ${snake} ${words}`,
    )
  })

  it.each(['', 'ab', 'Note', 'care_plan', '-note', 'note-', 'care--plan', '1note', 'a'.repeat(29), '../x', 'x y z'])(
    'refuses %j',
    (name) => {
      expect(namesOf(name)).toBeNull()
    },
  )
})
