import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { HOOK_MS, TEST_MS, WAIT_MS } from './packages/testing/src/limits.js'
import { splitTests } from './scripts/fast-tests.mjs'
import { Tally } from './scripts/tally.mjs'
import { sourceFiles, workspaces } from './scripts/workspaces.mjs'

const root = import.meta.dirname
const { fast, full } = splitTests(root, [
  '{packages,subgraphs}/*/{src,tests}/**/*.test.ts',
  '{gateway,sandbox,e2e}/{src,tests}/**/*.test.ts',
  'scripts/**/*.test.ts',
])

/**
 * Which files share their workers' modules: type-graphql, Prisma and Apollo are loaded once a worker, not once a file. Each subgraph is
 * apart, since type-graphql keeps one list of types a process. Files that may borrow a running graph (`borrowGraph`) are together.
 */
const groups: Record<string, RegExp> = {
  graph: /^(e2e\/|sandbox\/src\/demo\/|packages\/testing\/)/,
  ...Object.fromEntries(
    workspaces(root)
      .filter(({ folder }) => folder.startsWith('subgraphs/'))
      .map(({ folder }) => [folder.replace('subgraphs/', ''), new RegExp(`^${folder}/`)]),
  ),
  packages: /^packages\//,
  gateway: /^gateway\//,
  sandbox: /^sandbox\//,
  scripts: /^scripts\//,
}
/** What a file mocks would stay mocked for the next file of its worker. */
const mocks = (file: string): boolean => readFileSync(join(root, file), 'utf8').includes('vi.mock(')
const groupOf = (file: string): string =>
  mocks(file) ? 'alone' : (Object.entries(groups).find(([, pattern]) => pattern.test(file))?.[0] ?? 'others')

const projects = (tier: string, files: string[], setupFiles: string[] = []): TestProjectConfiguration[] =>
  [...Map.groupBy(files, groupOf)].map(([group, include]) => ({
    extends: true,
    test: { name: `${tier}:${group}`, include, setupFiles, isolate: group === 'alone' },
  }))

export default defineConfig({
  test: {
    alias: [
      // One graphql for the tests and for what they load, or "from another module or realm".
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      // Workspaces by their source: a test never passes on what was built before the last change.
      ...Object.entries(sourceFiles(root)).map(([name, file]) => ({
        find: new RegExp(`^${name}$`),
        replacement: file,
      })),
    ],
    // `npm run test:fast` runs the first alone: the tests that start no process, open no port and need no PostgreSQL, by their imports.
    projects: [...projects('fast', fast, ['scripts/fast-guard.mjs']), ...projects('full', full)],
    testTimeout: TEST_MS,
    hookTimeout: HOOK_MS,
    expect: { poll: { timeout: WAIT_MS } },
    maxWorkers: 2,
    setupFiles: ['scripts/properties.ts'],
    reporters: ['default', new Tally('test-report.json')],
  },
})
