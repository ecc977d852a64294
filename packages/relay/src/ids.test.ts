import fc from 'fast-check'
import { expect, it } from 'vitest'
import { globalId, localId, localKey, parseGlobalId } from './ids.js'

const typeName = fc.stringMatching(/^[A-Z][A-Za-z]{0,20}$/)

it('a global id gives back its type and key, whatever the key holds', () => {
  fc.assert(
    fc.property(typeName, fc.string({ unit: 'grapheme' }), (type, key) => {
      expect(parseGlobalId(globalId(type, key))).toEqual({ type, key })
    }),
  )
})

it('what is no global id is null, never an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const parsed = parseGlobalId(text)
      if (parsed) expect(globalId(parsed.type, parsed.key)).toBe(text)
    }),
  )
})

it('an id whose key PostgreSQL cannot keep is null', () => {
  expect(localKey(globalId('CareUnit', 'SE\0X'), 'CareUnit')).toBeNull()
})

it("another type's id and a key that is no uuid are null", () => {
  const uuid = '00000000-0000-7000-8000-000000000001'
  expect(localId(globalId('Visit', uuid), 'Visit')).toBe(uuid)
  expect(localId(globalId('Visit', uuid), 'CareCase')).toBeNull()
  expect(localId(globalId('Visit', '-'.repeat(36)), 'Visit')).toBeNull()
  expect(localId(globalId('Visit', "1' OR '1'='1"), 'Visit')).toBeNull()
  expect(localKey(globalId('CareUnit', 'SE2321000172-H001'), 'CareUnit')).toBe('SE2321000172-H001')
})
