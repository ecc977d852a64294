import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { splitTests } from './fast-tests.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('npm run test:fast', () => {
  let tree: string
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  const isFast = (path: string): boolean => splitTests(tree, ['src/**/*.test.ts']).fast.includes(path)
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'vardgraf-fast-'))
  })
  afterEach(() => rmSync(tree, { recursive: true, force: true }))

  it.each([
    ['rules alone', "import { rule } from './rules.js'\n", true],
    ['a server', "import { createServer } from 'node:http'\n", false],
    ['a socket', "import { WebSocket } from 'ws'\n", false],
    ['a process', "import { spawn } from 'node:child_process'\n", false],
    ['the platform', "import {\n  startGraph,\n} from '@vardgraf/testing'\n", false],
    ['PostgreSQL', "import pg from 'pg'\n", false],
    ['the platform later on', "it('x', async () => {\n  await import('@vardgraf/testing')\n})\n", false],
    ['what only sounds like it', "import { pg } from './pg.js'\n// import pg from 'pg'\n", true],
  ])('takes by its imports a test of %s: %#', (_what, text, fast) => {
    write('src/a.test.ts', text)
    expect(isFast('src/a.test.ts')).toBe(fast)
  })

  it('follows what is written for tests, and not the code that they try', () => {
    write('src/a.test.ts', "import { boot } from './testing/boot.js'\n")
    write('src/testing/boot.ts', "export * from './deeper.js'\n")
    write('src/testing/deeper.ts', "import './boot.js'\nimport { start } from '@vardgraf/testing'\n")
    write('src/b.test.ts', "import { store } from './store.js'\n")
    write('src/store.ts', "import pg from 'pg'\n")
    expect([isFast('src/a.test.ts'), isFast('src/b.test.ts')]).toEqual([false, true])
  })

  it('fails a test that starts a process all the same', async () => {
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    write('guard.mjs', readFileSync(join(root, 'scripts/fast-guard.mjs'), 'utf8'))
    write('vitest.config.mjs', "export default { test: { setupFiles: ['guard.mjs'], include: ['src/*.test.ts'] } }\n")
    write('src/run.ts', "import { execFileSync } from 'node:child_process'\nexport const run = () => execFileSync('true')\n")
    write('src/a.test.ts', "import { it } from 'vitest'\nimport { run } from './run.js'\nit('runs', () => run())\n")
    const output = await new Promise<string>((resolve) =>
      execFile(join(root, 'node_modules/.bin/vitest'), ['run'], { cwd: tree }, (_error, stdout, stderr) =>
        resolve(stdout + stderr),
      ),
    )
    expect(output).toContain('a fast test starts no process and opens no port (execFileSync)')
  })
})

it('every test file is in one of the two, and rules are in the fast one', () => {
  const { fast, full } = splitTests(root, ['{packages,subgraphs}/*/src/**/*.test.ts', '{gateway,sandbox,e2e}/src/**/*.test.ts'])
  expect(fast.filter((file) => full.includes(file))).toEqual([])
  expect(full.filter((file) => /(^|\/)rules(\/|\.test\.ts$)/.test(file))).toEqual([])
  expect(fast.length).toBeGreaterThan(40)
})
