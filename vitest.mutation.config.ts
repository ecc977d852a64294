// For Stryker alone: the tests that `npm run prove -- mutation` names, without reports.
import { defineConfig, mergeConfig } from 'vitest/config'
import { default as usual } from './vitest.config.js'

const { projects: _, reporters: __, ...test } = usual.test ?? {}

export default mergeConfig(
  defineConfig({ ...usual, test }),
  defineConfig({ test: { include: JSON.parse(process.env.VARDGRAF_MUTATION_TESTS ?? '[]') as string[] } }),
)
