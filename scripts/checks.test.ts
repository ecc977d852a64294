import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { problemsOf, readRules, renderRules } from './rules.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The checks of `npm test` watch over the tree; here a small tree with seeded faults watches over the checks. */
describe('the checks', () => {
  let tree: string
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'vardgraf-checks-'))
  })
  afterEach(() => rmSync(tree, { recursive: true, force: true }))

  const write = (files: Record<string, string | object>): void => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true })
      writeFileSync(join(tree, path), typeof content === 'string' ? content : JSON.stringify(content))
    }
  }
  const run = (tool: string, ...args: string[]): Promise<{ failed: boolean; output: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, NODE_NO_WARNINGS: '1' }
      execFile(join(root, 'node_modules/.bin', tool), args, { cwd: tree, env }, (error, stdout, stderr) =>
        resolve({ failed: error !== null, output: stdout + stderr }),
      )
    })

  describe('of boundaries', () => {
    const cruise = () => run('depcruise', '--config', join(root, '.dependency-cruiser.cjs'), 'subgraphs', 'gateway', 'packages')
    const clean = {
      'subgraphs/visits/src/rules/fee.ts': `import type { Client } from 'pg'\nimport { half } from './half.js'\nexport const fee = (client: Client | null) => (client ? half : 0)\n`,
      'subgraphs/visits/src/rules/half.ts': `export const half = 1\n`,
      'subgraphs/visits/src/schema/visit.ts': `import { Patient } from './patient.js'\nexport class Visit { patient = () => Patient }\n`,
      'subgraphs/visits/src/schema/patient.ts': `import { Visit } from './visit.js'\nexport class Patient { visits = () => Visit }\n`,
      'gateway/src/index.ts': `export {}\n`,
      'packages/policy/src/index.ts': `export {}\n`,
    }

    it('let a clean tree pass: types may cross, GraphQL classes may point at each other', async () => {
      write(clean)
      expect(await cruise()).toMatchObject({ failed: false })
    })

    it('fail on each seeded fault, by the rule that it breaks', async () => {
      const faults = [
        {
          fault: 'a rule reaches the database',
          rule: 'rules-are-pure',
          path: 'subgraphs/visits/src/rules/database.ts',
          content: `import pg from 'pg'\nexport const bad = pg\n`,
        },
        {
          fault: 'a rule in its aggregate’s folder calls out',
          rule: 'rules-are-pure',
          path: 'subgraphs/visits/src/chat/rules/network.ts',
          content: `import { request } from 'undici'\nexport const bad = request\n`,
        },
        {
          fault: 'a rule imports a store',
          rule: 'rules-are-pure',
          path: 'subgraphs/visits/src/rules/store.ts',
          content: `import { store } from '../store/store.js'\nexport const bad = store\n`,
        },
        {
          fault: 'a rule reads a file',
          rule: 'rules-are-pure-of-node',
          path: 'subgraphs/visits/src/rules/file.ts',
          content: `import { readFileSync } from 'node:fs'\nexport const bad = readFileSync\n`,
        },
        {
          fault: 'a subgraph imports another',
          rule: 'subgraphs-stand-alone',
          path: 'subgraphs/messaging/src/path.ts',
          content: `import { half } from '../../visits/src/rules/half.js'\nexport const bad = half\n`,
        },
        {
          fault: 'a subgraph imports another by name',
          rule: 'subgraphs-stand-alone',
          path: 'subgraphs/messaging/src/name.ts',
          content: `import { x } from '@vardgraf/subgraph-visits'\nexport const bad = x\n`,
        },
        {
          fault: 'the gateway imports a subgraph',
          rule: 'gateway-knows-no-subgraph',
          path: 'gateway/src/subgraph.ts',
          content: `import { half } from '../../subgraphs/visits/src/rules/half.js'\nexport const bad = half\n`,
        },
        {
          fault: 'production imports the sandbox',
          rule: 'production-without-sandbox',
          path: 'gateway/src/sandbox.ts',
          content: `import { eid } from '@vardgraf/sandbox'\nexport const bad = eid\n`,
        },
        {
          fault: 'production imports test support',
          rule: 'production-without-testing',
          path: 'gateway/src/support.ts',
          content: `import { startPostgres } from '@vardgraf/testing'\nexport const bad = startPostgres\n`,
        },
        {
          fault: 'a package imports a subgraph',
          rule: 'packages-know-no-subgraph',
          path: 'packages/policy/src/subgraph.ts',
          content: `import { x } from '@vardgraf/subgraph-visits'\nexport const bad = x\n`,
        },
        {
          fault: 'two files need each other',
          rule: 'no-circles',
          path: 'gateway/src/circle.ts',
          content: `import { other } from './other.js'\nexport const bad = () => other\n`,
        },
      ]
      write({
        ...clean,
        'subgraphs/visits/src/store/store.ts': `export const store = 1\n`,
        'gateway/src/other.ts': `import { bad } from './circle.js'\nexport const other = () => bad\n`,
        ...Object.fromEntries(faults.map(({ path, content }) => [path, content])),
      })
      const { failed, output } = await cruise()
      expect(failed).toBe(true)
      for (const { fault, rule, path } of faults) expect(output, fault).toContain(`error ${rule}: ${path} → `)
    })
  })

  describe('of dead code', () => {
    const clean = {
      'package.json': { name: 'tree', type: 'module', private: true, workspaces: ['packages/*'] },
      'packages/one/package.json': {
        name: 'one',
        type: 'module',
        exports: './src/index.ts',
        dependencies: { graphql: '16.15.0' },
      },
      'packages/one/src/index.ts': `import { parse } from 'graphql'\nimport { used } from './used.js'\nexport const one = [parse, used]\n`,
      'packages/one/src/used.ts': `export const used = 1\n`,
    }
    beforeEach(() => {
      cpSync(join(root, 'knip.json'), join(tree, 'knip.json'))
      symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    })
    const knip = () => run('knip', '--no-config-hints')

    it('let a clean tree pass', async () => {
      write(clean)
      expect(await knip()).toMatchObject({ failed: false })
    })

    it('fail on a dead file, export or dependency, and on a dependency that is not declared', async () => {
      const one = clean['packages/one/package.json']
      write({
        ...clean,
        'packages/one/package.json': { ...one, dependencies: { ...one.dependencies, 'needed-by-nobody': '1' } },
        'packages/one/src/dead.ts': `export const dead = 1\n`,
        'packages/one/src/used.ts': `export { z as used } from 'zod'\nexport const usedByNobody = 2\n`,
      })
      const { failed, output } = await knip()
      expect(failed).toBe(true)
      for (const fault of ['packages/one/src/dead.ts', 'needed-by-nobody', 'zod', 'usedByNobody']) expect(output).toContain(fault)
    })
  })

  describe('of the rules table', () => {
    const rules = [
      { id: 'R1', owner: 'visits', meaning: 'One.', claimed: true },
      { id: 'R2', owner: 'visits', meaning: 'Two.', claimed: true, missing: 'its edges' },
      { id: 'R3', owner: 'visits', meaning: 'Three.' },
    ]
    const clean = {
      'docs/rules.json': rules,
      'gateway/src/one.ts': `/** Keeps it. [R1, R2] */\nexport function keeper(): void {}\n`,
      'gateway/src/one.test.ts': `it('[R1] holds at the edge', () => {})\nit.each([])(\`[R2, more] holds for %s\`, () => {})\n`,
    }

    it('names the code and the tests of each rule, and what is missing', () => {
      write(clean)
      const read = readRules(tree)
      const text = renderRules(read)
      expect(problemsOf(read)).toEqual([])
      expect(text).toContain('3 rules: 1 enforced and tested, 1 partly, 1 not yet.')
      expect(text).toContain('- [gateway/src/one.ts](../gateway/src/one.ts) `keeper`')
      expect(text).toContain('  - [R1] holds at the edge')
      expect(text).toContain('  - [R2, more] holds for %s')
      expect(text).toContain('Not yet: its edges.')
    })

    it('is the same however often it is written, and another when a title changes', () => {
      write(clean)
      const before = renderRules(readRules(tree))
      expect(renderRules(readRules(tree))).toBe(before)
      write({ 'gateway/src/one.test.ts': `it('[R1] [R2] holds otherwise', () => {})\n` })
      expect(renderRules(readRules(tree))).not.toBe(before)
    })

    it.each([
      [
        'a claimed rule has no test',
        { 'gateway/src/one.test.ts': `it('[R2] x', () => {})\n` },
        'R1 is claimed, but no test has it in its title',
      ],
      [
        'only a comment of a test names it',
        { 'gateway/src/one.test.ts': `// [R1]\nit('[R2] x', () => {})\n` },
        'R1 is claimed, but no test has it in its title',
      ],
      [
        'a claimed rule has no code',
        { 'gateway/src/one.ts': `/** [R2] */\nexport const x = 1\n` },
        'R1 is claimed, but no comment in the code names it',
      ],
      ['a rule does not exist', { 'gateway/src/two.ts': `/** [R99] */\nexport const x = 1\n` }, 'gateway/src/two.ts:1 names R99'],
    ])('fails when %s', (_what, files, problem) => {
      write({ ...clean, ...files })
      expect(problemsOf(readRules(tree))).toContain(problem)
    })
  })
})
