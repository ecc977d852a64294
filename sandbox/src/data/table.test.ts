import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { personsTable } from './table.js'

const readme = new URL('../../../README.md', import.meta.url)

it.runIf(existsSync(readme))("README's test persons are those of the data (npm run persons)", () => {
  expect(readFileSync(readme, 'utf8')).toContain(`<!-- persons -->\n${personsTable()}\n<!-- /persons -->`)
})
