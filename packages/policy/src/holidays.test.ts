import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { easterSunday, isPublicHoliday, namedDays } from './holidays.js'

const on = (date: string) => namedDays(Temporal.PlainDate.from(date))

describe('Swedish public holidays', () => {
  it.each([
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ])('Easter Sunday of %i is %s', (year, date) => {
    expect(easterSunday(year).toString()).toBe(date)
  })

  it('finds each of the thirteen of 2026 where the almanac has it', () => {
    const days = Object.fromEntries(
      Array.from({ length: 365 }, (_, i) => Temporal.PlainDate.from('2026-01-01').add({ days: i }))
        .flatMap((date) => namedDays(date).map((day) => [day, date.toString()] as const))
        .filter(([day]) => isPublicHoliday(day)),
    )
    expect(days).toEqual({
      NEW_YEARS_DAY: '2026-01-01',
      EPIPHANY: '2026-01-06',
      GOOD_FRIDAY: '2026-04-03',
      EASTER_SUNDAY: '2026-04-05',
      EASTER_MONDAY: '2026-04-06',
      MAY_DAY: '2026-05-01',
      ASCENSION_DAY: '2026-05-14',
      WHIT_SUNDAY: '2026-05-24',
      NATIONAL_DAY: '2026-06-06',
      MIDSUMMER_DAY: '2026-06-20',
      ALL_SAINTS_DAY: '2026-10-31',
      CHRISTMAS_DAY: '2026-12-25',
      BOXING_DAY: '2026-12-26',
    })
  })

  it.each([
    ['2026-06-20', 'MIDSUMMER_DAY', 'the earliest date it can have'],
    ['2027-06-26', 'MIDSUMMER_DAY', 'the latest'],
    ['2026-10-31', 'ALL_SAINTS_DAY', 'the earliest'],
    ['2027-11-06', 'ALL_SAINTS_DAY', 'the latest'],
    ['2026-06-19', 'MIDSUMMER_EVE', 'the day before'],
    ['2026-04-02', 'MAUNDY_THURSDAY', 'three days before Easter'],
    ['2026-05-23', 'WHITSUN_EVE', 'seven weeks after Easter eve'],
  ])('%s is %s: %s', (date, day) => {
    expect(on(date)).toContain(day)
  })

  it('gives both days when two coincide', () => {
    expect(on('2008-05-01')).toEqual(['MAY_DAY', 'ASCENSION_DAY'])
  })

  it('does not count an eve as a public holiday', () => {
    expect(on('2026-12-24')).toEqual(['CHRISTMAS_EVE'])
    expect(on('2026-12-24').some(isPublicHoliday)).toBe(false)
  })
})
