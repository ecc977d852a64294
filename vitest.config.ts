import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { HOOK_MS, TEST_MS, WAIT_MS } from './packages/testing/src/limits.js'
import { Tally } from './scripts/tally.mjs'
import { sourceFiles, workspaces } from './scripts/workspaces.mjs'

const root = import.meta.dirname

/** Files that may share a running graph of six processes (`borrowGraph`), so they run in the same workers. */
const onGraph = ['e2e/src/**/*.test.ts', 'sandbox/src/demo/**/*.test.ts', 'packages/testing/src/**/*.test.ts']

/**
 * The files of a project share their workers' modules: type-graphql, Prisma and Apollo are loaded once a worker, not once a file.
 * A subgraph has a project of its own, since type-graphql keeps one list of types a process.
 */
const project = (name: string, include: string[], exclude: string[] = []): TestProjectConfiguration => ({
  extends: true,
  test: { name, include, exclude, isolate: false },
})

const filesOf = (folder: string): string[] => [`${folder}/{src,tests}/**/*.test.ts`]
const folders = workspaces(root).map(({ folder }) => folder)

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
    projects: [
      project('graph', onGraph),
      ...folders.filter((folder) => folder.startsWith('subgraphs/')).map((folder) => project(folder, filesOf(folder))),
      project('packages', ['packages/*/{src,tests}/**/*.test.ts'], onGraph),
      project('gateway', filesOf('gateway')),
      project('sandbox', filesOf('sandbox'), onGraph),
      project('scripts', ['scripts/**/*.test.ts']),
    ],
    testTimeout: TEST_MS,
    hookTimeout: HOOK_MS,
    expect: { poll: { timeout: WAIT_MS } },
    maxWorkers: 2,
    reporters: ['default', new Tally('test-report.json')],
  },
})
