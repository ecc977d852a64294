import { readFileSync } from 'node:fs'
import { accessTable } from '@vardgraf/access'
import { emitSchema, permissionsIn } from '@vardgraf/service'
import { expect, it } from 'vitest'
import { features } from './features.js'

it('[A7] who may read each field is as committed: a change of it is a change in review', () => {
  expect(accessTable(permissionsIn(features))).toEqual(
    JSON.parse(readFileSync(new URL('../access.json', import.meta.url), 'utf8')),
  )
})

it('the committed SDL is what the features emit', () => {
  expect(emitSchema(features)).toBe(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
})
