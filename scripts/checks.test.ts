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
