import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { sourceFiles, workspaces } from './workspaces.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('tests take workspaces from their source, not from what was built last', () => {
  it('for every name that a workspace exports', () => {
    const exported = workspaces(root).flatMap(({ name, exports }) => Object.keys(exports).map((path) => name + path.slice(1)))
    expect(exported.length).toBeGreaterThan(12)
    expect(Object.keys(sourceFiles(root)).sort()).toEqual(exported.sort())
  })

  // Two copies, one built and one not, would not know each other's errors, classes and keys.
  it.each(workspaces(root).filter(({ folder }) => folder.startsWith('packages/')))('$name is there once', async (workspace) => {
    const imported = await import(workspace.name)
    const source = await import(join(root, workspace.folder, 'src/index.ts'))
    for (const [key, value] of Object.entries(source)) expect(imported[key], key).toBe(value)
  })

  it('and a workspace whose export does not lead to a source is refused', () => {
    const tree = mkdtempSync(join(tmpdir(), 'vardgraf-workspaces-'))
    mkdirSync(join(tree, 'packages/new'), { recursive: true })
    writeFileSync(join(tree, 'package.json'), '{"workspaces":["packages/*"]}')
    writeFileSync(
      join(tree, 'packages/new/package.json'),
      '{"name":"@vardgraf/new","exports":{"./sub":{"default":"./lib/sub.js"}}}',
    )
    expect(() => sourceFiles(tree)).toThrow('packages/new/package.json: the export "./sub"')
    rmSync(tree, { recursive: true })
  })
})

it('scripts import what is built by `load` or `program` alone, which refuse a build older than its source', () => {
  const scripts = ['scripts', 'bench'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => join(root, folder, name)),
  )
  const around = /^import .*(@vardgraf\/|\/dist\/)|\bimport\(\s*['"`](@vardgraf\/|[^'"`]*\/dist\/)/m
  expect(scripts.filter((file) => around.test(readFileSync(file, 'utf8')))).toEqual([])
})
