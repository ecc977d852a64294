import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { root } from '../platform.js'
import { compilerOptions, emit } from './emit.js'

const tree = mkdtempSync(join(tmpdir(), 'vardgraf-emit-'))
afterAll(() => rmSync(tree, { recursive: true, force: true }))

// What the compilers could take for something else: decorators, parameter properties, enums, types among values, and time.
const source = `import type { Age } from './age.js'
import { type Age as Years, thirteen } from './age.js'

function field(): (target: object, key: string) => void {
  return () => {}
}

export enum Kind {
  Child = 'CHILD',
  Adult = 'ADULT',
}

/** Å. */
export class Person {
  @field() name = 'Astrid'
  constructor(readonly age: Age = thirteen) {}
  async wait(years: Years) {
    const { setTimeout: sleep } = await import('node:timers/promises')
    await sleep(years satisfies number)
    return import.meta.url
  }
}
export type * from './age.js'
export * from './age.js'
`

it('what npm run dev writes is what tsc writes, source map included', () => {
  mkdirSync(join(tree, 'src/deep'), { recursive: true })
  writeFileSync(join(tree, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(tree, 'src/age.ts'), 'export type Age = number\nexport const thirteen: Age = 13\n')
  writeFileSync(join(tree, 'src/person.ts'), source)
  writeFileSync(join(tree, 'src/deep/one.ts'), "export { Person as default } from '../person.js'\n")
  const options = { rootDir: 'src', outDir: 'dist', composite: true, typeRoots: [join(root, 'node_modules/@types')] }
  writeFileSync(
    join(tree, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions: options, include: ['src'] }),
  )
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-b', tree])
  for (const name of ['age', 'person', 'deep/one'])
    for (const [file, text] of emit(join(tree, 'src', `${name}.ts`), compilerOptions(root)))
      expect(text).toBe(readFileSync(file, 'utf8'))
})
