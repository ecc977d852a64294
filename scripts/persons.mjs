// npm run persons: writes the table of test persons into README.md, between its markers.
import { readFileSync, writeFileSync } from 'node:fs'
import { load } from './prepare.mjs'

const { personsTable } = await load('sandbox/dist/data/table.js')
const readme = readFileSync('README.md', 'utf8')
const between = /(<!-- persons -->\n)[\s\S]*?(<!-- \/persons -->)/
if (!between.test(readme)) {
  console.error('README.md has no <!-- persons --> … <!-- /persons -->')
  process.exit(1)
}
writeFileSync(
  'README.md',
  readme.replace(between, (_all, before, after) => `${before}${personsTable()}\n${after}`),
)
