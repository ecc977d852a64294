import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { built } from '../built.mjs'
import { root } from '../platform.js'
import type { CompilerTask, Round } from './compiler.js'

/** The compiler itself on a small tree of two workspaces, one of which imports the other. */
describe('npm run dev compiles what is saved', () => {
  let tree: string
  let compiler: ChildProcess
  const rounds: Round[] = []
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  const output = (path: string): string => readFileSync(join(tree, path), 'utf8')
  /** What the next round says that something tells of. */
  const told = async (): Promise<Round> => {
    await expect.poll(() => rounds.length, { timeout: 50_000 }).toBeGreaterThan(0)
    return rounds.shift() as Round
  }

  beforeEach(async () => {
    tree = mkdtempSync(join(tmpdir(), 'vardgraf-dev-'))
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    write('tsconfig.base.json', readFileSync(join(root, 'tsconfig.base.json'), 'utf8'))
    const options = { composite: false, declaration: false, noEmit: true, incremental: false }
    write('tsconfig.dev.json', JSON.stringify({ extends: './tsconfig.base.json', compilerOptions: options, include: ['*/src'] }))
    for (const workspace of ['below', 'above']) write(`${workspace}/package.json`, '{ "type": "module" }')
    write('below/src/index.ts', 'export const age: number = 13\n')
    write('above/src/index.ts', "import { age } from '@vardgraf/below'\n\nexport const next = age + 1\n")
    const task: CompilerTask = { root: tree, sources: { '@vardgraf/below': join(tree, 'below/src/index.ts') }, colours: false }
    rounds.splice(0)
    compiler = fork(built(join(root, 'packages/supervisor/dist/dev/compiler.js')), [JSON.stringify(task)], { execArgv: [] })
    compiler.on('message', (round) => rounds.push(round as Round))
    expect((await told()).changed.sort()).toEqual(['above', 'below'])
  })
  afterEach(() => {
    compiler.kill('SIGKILL')
    rmSync(tree, { recursive: true, force: true })
  })

  it('writes the programs of the workspace that changed, and of no other', async () => {
    write('below/dist/.tsbuildinfo', '{}')
    write('below/src/index.ts', 'export const age: number = 18\n')
    expect(await told()).toMatchObject({ changed: ['below'], errors: '' })
    expect(output('below/dist/index.js')).toContain('age = 18')
    // So that whoever runs it outside of npm run dev builds first.
    expect(() => output('below/dist/.tsbuildinfo')).toThrow('ENOENT')
  })

  it('tells a type error, also one in another workspace, and writes nothing until it is mended', async () => {
    write('below/src/index.ts', "export const age: string = 'thirteen'\n")
    write('above/src/index.ts', "import { age } from '@vardgraf/below'\n\nexport const next: number = age\n")
    const { changed, errors } = await told()
    expect({ changed, errors }).toEqual({
      changed: [],
      errors: expect.stringContaining('above/src/index.ts(3,14): error TS2322'),
    })
    expect(output('below/dist/index.js')).toContain('age = 13')
    write('above/src/index.ts', "import { age } from '@vardgraf/below'\n\nexport const next: string = age\n")
    expect((await told()).changed.sort()).toEqual(['above', 'below'])
    expect(output('below/dist/index.js')).toContain("age = 'thirteen'")
  })

  it('restarts nothing for a type that no program holds', async () => {
    write('below/src/index.ts', 'export const age: number = 13\nexport type Age = number\n')
    expect(await told()).toMatchObject({ changed: [], errors: '' })
  })
})
