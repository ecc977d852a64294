import { describe, expect, it } from 'vitest'
import { ageAt, birthday, localDate, startOfDay, toRfc3339 } from './stockholm.js'

describe('time in Stockholm', () => {
  it.each([
    ['2013-06-22', '2026-06-21T23:59:59.999+02:00', 12],
    ['2013-06-22', '2026-06-22T00:00:00+02:00', 13],
    ['2013-11-27', '2026-11-26T22:59:59Z', 12],
    ['2013-11-27', '2026-11-26T23:00:00Z', 13],
    ['2012-02-29', '2025-02-27T23:59:59+01:00', 12],
    ['2012-02-29', '2025-02-28T00:00:00+01:00', 13],
    ['2012-02-29', '2024-02-28T23:59:59+01:00', 11],
    ['2012-02-29', '2024-02-29T00:00:00+01:00', 12],
    ['2013-01-01', '2025-12-31T23:00:00Z', 13],
    ['1926-11-23', '2026-11-22T12:00:00+01:00', 99],
  ])('[A6] who is born on %s is at %s %i years old', (birthDate, instant, age) => {
    expect(ageAt(birthDate, new Date(instant))).toBe(age)
  })

  it('[A6] a birthday of 29 February falls on the 28th in a common year', () => {
    expect([birthday('2012-02-29', 12), birthday('2012-02-29', 13)]).toEqual(['2024-02-29', '2025-02-28'])
  })

  it.each([
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', '2026-10-25T23:00:00.000Z'],
  ])('%s begins at %s, also beside a change of the clocks', (date, instant) => {
    expect(startOfDay(date).toISOString()).toBe(instant)
    expect(localDate(new Date(instant))).toBe(date)
    expect(localDate(new Date(Date.parse(instant) - 1))).not.toBe(date)
  })

  it('is told with its offset, whole seconds unless there are parts', () => {
    expect(toRfc3339(new Date('2026-07-01T06:00:00Z'))).toBe('2026-07-01T08:00:00+02:00')
    expect(toRfc3339(new Date('2026-11-22T07:00:00.250Z'))).toBe('2026-11-22T08:00:00.25+01:00')
  })
})
