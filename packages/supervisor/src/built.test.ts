import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { built, staleness } from './built.mjs'
import { root } from './platform.js'
import { programs } from './preparation.js'

/** Two workspaces as this repository's are, built by the compiler itself. */
describe('what is built', () => {
  let tree: string
  const write = (path: string, text: string | object): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), typeof text === 'string' ? text : JSON.stringify(text))
  }
  const compile = () => execFileSync(join(root, 'node_modules/.bin/tsc'), ['-b', join(tree, 'above')])
  const quick = { lib: ['es5'], types: [], skipLibCheck: true }
  const tsconfig = (references: object[]) => ({
    compilerOptions: { ...quick, composite: true, rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src'],
    references,
  })
  const why = () => staleness(join(tree, 'above'))

  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'vardgraf-built-'))
    write('below/tsconfig.json', tsconfig([]))
    write('below/src/age.ts', 'export const age = 13\n')
    write('above/tsconfig.json', tsconfig([{ path: '../below' }]))
    write('above/src/index.ts', 'export const name = "Å"\n')
    write('above/src/index.test.ts', 'export {}\n')
    write('above/src/testing/rig.ts', 'export {}\n')
    compile()
  })
  afterEach(() => rmSync(tree, { recursive: true, force: true }))

  it.each([
    ['its source was changed', 'above/src/index.ts', 'export const name = "Ä"\n'],
    ['the source of what it stands on was changed', 'below/src/age.ts', 'export const age = 18\n'],
    ['a source was added', 'above/src/more.ts', 'export {}\n'],
  ])('is refused when %s, until it is built again', (_what, path, text) => {
    expect(why()).toBeNull()
    write(path, text)
    expect(why()).toMatch(new RegExp(`older than its source \\(\\S*${path}\\): run npm run build`))
    compile()
    expect(why()).toBeNull()
  })

  it('is refused when a source is gone, whose output is still there', () => {
    rmSync(join(tree, 'below/src/age.ts'))
    expect(why()).toContain('below/src/age.ts')
  })

  it('is refused when it was never built', () => {
    rmSync(join(tree, 'below/dist'), { recursive: true })
    expect(why()).toContain('below/src/age.ts')
  })

  it('is refused when Prisma’s client was made from another data model, however it is aligned', () => {
    const client = 'above/src/generated/prisma/internal/class.ts'
    write(client, `export const config = {\n  "inlineSchema": ${JSON.stringify('model Visit {\n  id  String @id\n}\n')},\n}\n`)
    write('above/prisma/schema.prisma', 'model Visit {\n  id String @id\n}\n')
    compile()
    expect(why()).toBeNull()
    write('above/prisma/schema.prisma', 'model Visit {\n  id String @id\n  at DateTime\n}\n')
    expect(why()).toContain('above/prisma/schema.prisma')
  })

  it('is not refused for a test, for what only tests use, or because a file was only touched', () => {
    write('above/src/index.test.ts', 'export const changed = true\n')
    write('above/src/testing/rig.ts', 'export const changed = true\n')
    utimesSync(join(tree, 'above/src/index.ts'), new Date('2040-01-01'), new Date('2040-01-01'))
    expect(why()).toBeNull()
  })
})

it('every program that prepares a database is looked at before it runs', () => {
  for (const program of programs) expect(built(program)).toBe(program)
})
