import { readFileSync } from 'node:fs'
import { permissionGaps } from '@vardgraf/access'
import { buildSchema, emitSchema, permissionsIn } from '@vardgraf/service'
import { expect, it } from 'vitest'
import { features } from './features.js'

it('[A7] every field says who may read it, and no declaration is for what does not exist', () => {
  expect(permissionGaps(buildSchema(features), permissionsIn(features))).toEqual({ undeclared: [], unknown: [] })
})

it('the committed SDL is what the features emit', () => {
  expect(emitSchema(features)).toBe(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'))
})
