import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as forms from './index.js'

const folder = join(import.meta.dirname, '..')
const [, example = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? []
const json = JSON.parse(readFileSync(join(folder, 'examples/health-declaration.json'), 'utf8'))

it('the example of the README gives what it says', () => {
  const claims: unknown[][] = []
  const code = example
    .replace(/^import (\{.*\}) from '@vardgraf\/forms'$/m, 'const $1 = forms')
    .replace(/^(.+) \/\/ → (.+)$/gm, 'claims.push([$1, $2])')
  new Function('forms', 'json', 'claims', code)(forms, json, claims)
  expect(claims.length).toBeGreaterThan(6)
  for (const [actual, claimed] of claims) expect(actual).toEqual(claimed)
})
