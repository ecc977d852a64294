import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const rules = fileURLToPath(new URL('../../../node_modules/graphql-shield/esm/rules.js', import.meta.url))

it('graphql-shield still needs its patch: what it imports is gone from Node, and the patch replaces just that', () => {
  const patched = readFileSync(rules, 'utf8')
  expect(patched).toContain('const isUndefined = (value) => value === undefined;')
  // Fails once Node has it again or shield stops asking: then patches/ can go.
  const probe = "import('node:util').then((util) => console.log(typeof util.isUndefined))"
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', probe], { encoding: 'utf8' }).trim()).toBe('undefined')
  expect(readFileSync(rules.replace('/esm/', '/cjs/'), 'utf8')).toContain('util_1.isUndefined')
})
