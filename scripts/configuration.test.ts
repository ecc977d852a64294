import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { factOwners, urlSetting } from '../packages/manifest/src/services.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8')

/** Files that say which variables a process reads. */
const files = [
  'gateway/src/config.ts',
  'packages/process/src/settings.ts',
  'packages/service/src/start/settings.ts',
  'packages/policy/src/load.ts',
  'sandbox/src/config.ts',
  ...globSync('subgraphs/*/src/{,*/}config.ts', { cwd: root }),
]
const variables = new Set([
  ...files.flatMap((file) =>
    [...read(file).matchAll(/^\s+([A-Z][A-Z0-9_]{3,}): (?:z\b|z\.|integer|flag|port)/gm)].map(([, name]) => name as string),
  ),
  ...factOwners.map((name) => urlSetting(name)),
])

it('every variable that a process reads is in docs/configuration.md', () => {
  expect(variables.size).toBeGreaterThan(40)
  const documented = read('docs/configuration.md')
  expect([...variables].filter((name) => !documented.includes(`\`${name}\``))).toEqual([])
})
