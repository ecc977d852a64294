import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workspaces } from './workspaces.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Side {
  path?: string | string[]
  pathNot?: string | string[]
}
interface Cruise {
  modules: { source: string }[]
  summary: { violations: { from: string; to: string; rule: { name: string } }[] }
}
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: { name: string; from: Side; to: Side }[]
}

/** An import added to a file that exists. `seen`: where the fault shows, when it is not there. */
const faults: { fault: string; rule: string; file: string; imports: string; seen?: string }[] = [
  {
    fault: 'the rules of the chat write',
    rule: 'rules-are-pure',
    file: 'subgraphs/messaging/src/chat/rules.ts',
    imports: './store.js',
  },
  {
    fault: 'the rules of notices call out',
    rule: 'rules-are-pure',
    file: 'subgraphs/messaging/src/notifications/rules.ts',
    imports: 'undici',
  },
  {
    fault: 'the rules of the waiting room have a database',
    rule: 'rules-are-pure',
    file: 'subgraphs/messaging/src/waiting-room/rules.ts',
    imports: '../generated/prisma/client.js',
  },
  {
    fault: 'the rules of the login stand on the runtime',
    rule: 'rules-are-pure',
    file: 'subgraphs/patients/src/login/rules.ts',
    imports: '@vardgraf/service',
  },
  {
    fault: 'a rule asks a package for what reads files',
    rule: 'rules-are-pure-of-node',
    file: 'subgraphs/billing/src/quote/rules.ts',
    imports: '@vardgraf/policy',
  },
  {
    fault: 'what a rule imports has a database',
    rule: 'rules-are-pure',
    file: 'packages/process/src/storable.ts',
    imports: 'pg',
    seen: 'subgraphs/messaging/src/triage/rules.ts',
  },
  {
    fault: 'the engine of forms has a database',
    rule: 'rules-are-pure',
    file: 'packages/forms/src/enabled.ts',
    imports: 'pg',
  },
  {
    fault: 'the engine of forms reads files',
    rule: 'rules-are-pure-of-node',
    file: 'packages/forms/src/read.ts',
    imports: 'node:fs',
  },
  {
    fault: 'the engine of forms stands on the runtime',
    rule: 'rules-are-pure',
    file: 'packages/forms/src/take.ts',
    imports: '@vardgraf/service',
  },
  {
    fault: 'the outcome rules of triage write',
    rule: 'rules-are-pure',
    file: 'subgraphs/messaging/src/questionnaires/outcome-rules/evaluate.ts',
    imports: '../library.js',
  },
  {
    fault: 'a rule waits',
    rule: 'rules-are-pure-of-node',
    file: 'subgraphs/visits/src/visit/rules.ts',
    imports: 'node:timers/promises',
  },
  {
    fault: 'a subgraph imports another by path',
    rule: 'subgraphs-stand-alone',
    file: 'subgraphs/messaging/src/neighbours.ts',
    imports: '../../visits/src/visit/rules.js',
  },
  {
    fault: 'a subgraph imports another by name',
    rule: 'subgraphs-stand-alone',
    file: 'subgraphs/billing/src/context.ts',
    imports: '@vardgraf/subgraph-visits/features',
  },
  {
    fault: 'the gateway imports a subgraph',
    rule: 'gateway-knows-no-subgraph',
    file: 'gateway/src/login/viewer.ts',
    imports: '@vardgraf/subgraph-visits/features',
  },
  {
    fault: 'a package imports a subgraph',
    rule: 'packages-know-no-subgraph',
    file: 'packages/events/src/catalogue.ts',
    imports: '@vardgraf/subgraph-billing/features',
  },
  {
    fault: 'production imports the sandbox',
    rule: 'production-without-sandbox',
    file: 'gateway/src/login/authenticate.ts',
    imports: '@vardgraf/sandbox',
  },
  {
    fault: 'production imports test support',
    rule: 'production-without-testing',
    file: 'subgraphs/visits/src/visit/facts.ts',
    imports: '@vardgraf/testing',
  },
  {
    fault: 'a source imports what was built',
    rule: 'source-imports-source',
    file: 'sandbox/src/features.ts',
    imports: '../../packages/errors/dist/index.js',
  },
  {
    fault: 'an import leads nowhere that can be followed',
    rule: 'every-import-is-found',
    file: 'e2e/src/story.operations.ts',
    imports: '@vardgraf/subgraph-visits',
  },
  {
    fault: 'two files need each other',
    rule: 'no-circles',
    file: 'gateway/src/plan/operations.ts',
    imports: '../app.js',
    // A circle is told once, from its first file.
    seen: 'gateway/src/app.ts',
  },
]

/** Files that are not there today; a rule must hold for them by their names. */
const added = [
  { file: 'subgraphs/visits/src/booking-rules.ts', imports: 'pg' },
  { file: 'subgraphs/messaging/src/waiting-room/rules/order.ts', imports: 'pg' },
]

const allowed = 'subgraphs/visits/src/booking/rules.ts'
const mayCross = `import type { Client } from 'pg'
import { VisitChannel } from '../generated/prisma/enums.js'
export const seeded = (client: Client | null) => client && VisitChannel
`

/** The repository's own sources in a folder of their own, each fault in its place: what the check then says. */
describe('the boundaries', { timeout: 300_000 }, () => {
  let tree: string
  let found: Cruise

  beforeAll(async () => {
    tree = mkdtempSync(join(tmpdir(), 'vardgraf-boundaries-'))
    const folders = workspaces(root).map(({ folder }) => folder)
    const parts = folders.flatMap((folder) => [`${folder}/src`, `${folder}/package.json`])
    for (const part of ['package.json', '.dependency-cruiser.cjs', 'scripts', 'packages/errors/dist', ...parts])
      cpSync(join(root, part), join(tree, part), { recursive: true })
    for (const folder of ['.', ...folders])
      if (existsSync(join(root, folder, 'node_modules')))
        symlinkSync(join(root, folder, 'node_modules'), join(tree, folder, 'node_modules'))
    for (const { file, imports } of faults) append(file, importing(imports))
    append(allowed, mayCross)
    for (const { file, imports } of added) {
      mkdirSync(dirname(join(tree, file)), { recursive: true })
      writeFileSync(join(tree, file), importing(imports))
    }
    const cruise = ['--config', '.dependency-cruiser.cjs', '-T', 'json', '-f', 'found.json']
    const sources = ['gateway/src', 'subgraphs', 'packages', 'sandbox/src', 'e2e/src']
    // It ends with the number of faults.
    await promisify(execFile)(join(root, 'node_modules/.bin/depcruise'), [...cruise, ...sources], { cwd: tree }).catch(() => {})
    found = JSON.parse(readFileSync(join(tree, 'found.json'), 'utf8'))
  }, 300_000)
  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  const importing = (name: string): string => `import * as seeded from '${name}'\nexport { seeded }\n`
  const append = (file: string, text: string): void =>
    writeFileSync(join(tree, file), `${readFileSync(join(root, file), 'utf8')}\n${text}`)
  const rulesBrokenBy = (file: string) =>
    found.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)

  it.each(faults)('are crossed when $fault', ({ rule, file, seen = file }) => {
    expect(rulesBrokenBy(seen)).toContain(rule)
  })

  it.each(added)('hold for a new $file by its name', ({ file }) => {
    expect(rulesBrokenBy(file)).toContain('rules-are-pure')
  })

  it('let types and the words of a column cross', () => {
    expect(rulesBrokenBy(allowed)).toEqual([])
  })

  it('are each tried here', () => {
    expect(forbidden.map(({ name }) => name).filter((name) => !faults.some(({ rule }) => rule === name))).toEqual([])
  })

  it('speak of files that there are, in every pattern and every alternative of one', () => {
    const patterns = forbidden.flatMap(({ name, from, to }) =>
      [from.path, from.pathNot, to.path, to.pathNot]
        .flatMap((path) => path ?? [])
        // All of Node is forbidden there, used or not.
        .flatMap((path) => (name === 'rules-are-pure-of-node' && path === to.path ? [path] : alternatives(path)))
        .map((path) => ({ name, path: path.replace('$1', '[^/]+') })),
    )
    expect(patterns.length).toBeGreaterThan(50)
    const sources = found.modules.map(({ source }) => source)
    expect(patterns.filter(({ path }) => !sources.some((source) => new RegExp(path).test(source)))).toEqual([])
  })

  /** `a(b|c)(d|e)` → `ab(d|e)`, `ac(d|e)`, `a(b|c)d`, `a(b|c)e`. */
  function alternatives(pattern: string): string[] {
    const groups = [...pattern.matchAll(/\(([^()?]*\|[^()]*)\)/g)]
    if (groups.length === 0) return [pattern]
    return groups.flatMap(({ 0: group, 1: inside = '', index }) =>
      inside.split('|').map((alternative) => pattern.slice(0, index) + alternative + pattern.slice(index + group.length)),
    )
  }
})
