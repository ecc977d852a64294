import { readFileSync } from 'node:fs'
import { accessTable } from '@vardgraf/access'
import { emitSchema, permissionsIn } from '@vardgraf/service'
import { expect, it } from 'vitest'
import { features } from './features.js'

it('[A7] who may read each field is as committed: a change of it is a change in review', async () => {
  const table = `${JSON.stringify(accessTable(permissionsIn(features)), null, 2)}\n`
  await expect(table).toMatchFileSnapshot('../access.json')
})

it('the committed SDL is what the features emit', () => {
  expect(emitSchema(features)).toBe(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
})
