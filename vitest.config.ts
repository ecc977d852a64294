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
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ['default', new Tally('test-report.json')],
  },
})
