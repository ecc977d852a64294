import { describe, expect, it } from 'vitest'
import { e164, isStale, recipientsOf, requeueBefore } from './rules.js'

const child = { id: 'tuva', birthDate: '2013-06-22' }
const now = new Date('2026-11-23T10:00:00+01:00')
const before = (milliseconds: number): Date => new Date(now.getTime() - milliseconds)

it.each([
  ['2026-06-21T23:59:59+02:00', ['gunilla', 'goran']],
  ['2026-06-22T00:00:00+02:00', ['tuva']],
])('[R5, R23] of a child born 2013-06-22 at %s those are told: %j', (at, recipients) => {
  expect(recipientsOf(child, ['gunilla', 'goran'], 13, new Date(at))).toEqual(recipients)
})

describe('a notification', () => {
  it.each([
    [24 * 3_600_000, false],
    [24 * 3_600_000 + 1, true],
  ])('is of no use any more after %i ms: %s', (age, stale) => {
    expect(isStale(before(age), now)).toBe(stale)
  })

  it('that has rested for ten minutes is given to the queue anew', () => {
    expect(requeueBefore(now)).toEqual(before(600_000))
  })
})

it.each([
  ['070-174 06 05', '+46701740605'],
  ['0046701740605', '+46701740605'],
  ['+46 70 174 06 05', '+46701740605'],
  ['46701740605', null],
  ['070', null],
  ['+4612345', '+4612345'],
  ['+461234', null],
  ['+123456789012345', '+123456789012345'],
  ['+1234567890123456', null],
  ['+0701740605', null],
  ['x+46701740605+', null],
  ['', null],
])('the phone number %j is %s for an operator', (phone, number) => {
  expect(e164(phone)).toBe(number)
})
