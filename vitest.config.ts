import { defineConfig } from 'vitest/config'
import { Tally } from './scripts/tally.mjs'
import { sourceFiles } from './scripts/workspaces.mjs'

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
    include: [
      '{packages,subgraphs}/*/{src,tests}/**/*.test.ts',
      '{gateway,sandbox,e2e}/{src,tests}/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    // Limits for a test that hangs, not for one that is slow: a graph of six processes starts in 3 s, or in a minute on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
    setupFiles: ['scripts/properties.ts'],
    reporters: ['default', new Tally('test-report.json')],
  },
})
