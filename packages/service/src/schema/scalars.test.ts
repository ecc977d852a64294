import { GraphError } from '@vardgraf/errors'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DateScalar, InstantScalar } from './scalars.js'

it.each([
  ['2026-11-22T08:00:00+01:00', '2026-11-22T07:00:00.000Z'],
  ['2026-11-22T07:00:00Z', '2026-11-22T07:00:00.000Z'],
])('reads the instant %s', (text, utc) => {
  expect((InstantScalar.parseValue(text) as Date).toISOString()).toBe(utc)
})

it.each(['2026-11-22', '2026-11-22T08:00:00', '2026-02-30T08:00:00Z', '22/11/2026', 'now', 1_700_000_000, null])(
  'refuses %s as an instant',
  (value) => {
    expect(() => InstantScalar.parseValue(value)).toThrow(GraphError)
  },
)

it.each([
  ['2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
  ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
  ['2026-10-25T01:00:00Z', '2026-10-25T02:00:00+01:00'],
])('writes %s with the offset of Stockholm: %s', (utc, local) => {
  expect(InstantScalar.serialize(new Date(utc))).toBe(local)
})

it('what it writes it reads again', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
      expect(InstantScalar.parseValue(InstantScalar.serialize(date))).toEqual(date)
    }),
  )
})

it.each(['2025-02-29', '2026-13-01', '2026-1-1', 20260101])('refuses %s as a date', (value) => {
  expect(() => DateScalar.parseValue(value)).toThrow(GraphError)
})

it('takes a leap day for what it is', () => {
  expect(DateScalar.parseValue('2024-02-29')).toBe('2024-02-29')
})
