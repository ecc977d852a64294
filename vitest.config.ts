import { defineConfig } from 'vitest/config'
import { splitTests } from './scripts/fast-tests.mjs'
import { Tally } from './scripts/tally.mjs'
import { sourceFiles } from './scripts/workspaces.mjs'

const { fast, full } = splitTests(import.meta.dirname, [
  '{packages,subgraphs}/*/{src,tests}/**/*.test.ts',
  '{gateway,sandbox,e2e}/{src,tests}/**/*.test.ts',
  'scripts/**/*.test.ts',
])

export default defineConfig({
  test: {
    alias: [
      // One graphql for the tests and for what they load, or "from another module or realm".
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      // Workspaces by their source: a test never passes on what was built before the last change.
      ...Object.entries(sourceFiles(import.meta.dirname)).map(([name, file]) => ({
        find: new RegExp(`^${name}$`),
        replacement: file,
      })),
    ],
    // `npm run test:fast` runs the first alone: the tests that start no process, open no port and need no PostgreSQL, by their imports.
    projects: [
      { extends: true, test: { name: 'fast', include: fast, setupFiles: ['scripts/fast-guard.mjs'] } },
      { extends: true, test: { name: 'full', include: full } },
    ],
    // Limits for a test that hangs, not for one that is slow: a graph of six processes starts in 3 s, or in a minute on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    reporters: ['default', new Tally('test-report.json')],
  },
})
