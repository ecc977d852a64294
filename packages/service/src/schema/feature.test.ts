import { expect, it } from 'vitest'
import { merged } from './feature.js'

it('what features bring is one table', () => {
  expect(merged('reference', [{ Visit: 1 }, undefined, { CareCase: 2 }])).toEqual({ Visit: 1, CareCase: 2 })
})

it('what two features bring under one name is refused: neither replaces the other', () => {
  expect(() => merged('fact', [{ guardianship: 1 }, { guardianship: 2 }])).toThrow('two features bring the fact guardianship')
})
