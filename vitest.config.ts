import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // One graphql for the tests and for what they load, or "from another module or realm".
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
    include: [
      '{packages,subgraphs}/*/{src,tests}/**/*.test.ts',
      '{gateway,sandbox,e2e}/{src,tests}/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'test-report.json' }]],
  },
})
