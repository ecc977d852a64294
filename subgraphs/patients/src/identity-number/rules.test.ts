import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit, parsePersonalIdentityNumber } from './rules.js'

const dates = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2026-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const serials = fc.integer({ min: 980, max: 999 }).map(String)

/** The 12 digits for a birth date and a serial, with the right check digit. */
function digitsOf(birthDate: string, serial: string, coordination: boolean): string {
  const [year = '', month = '', day = ''] = birthDate.split('-')
  const first11 = `${year}${month}${coordination ? Number(day) + 60 : day}${serial}`
  return `${first11}${checkDigit(first11.slice(2))}`
}

describe('a personal identity number', () => {
  it('gives the birth date of every well-formed number, ordinary or co-ordination', () => {
    fc.assert(
      fc.property(dates, serials, fc.boolean(), (birthDate, serial, coordination) => {
        const digits = digitsOf(birthDate, serial, coordination)
        expect(parsePersonalIdentityNumber(digits)).toEqual({ digits, birthDate, coordination })
      }),
    )
  })

  it('is refused when any one of its last ten digits is wrong', () => {
    fc.assert(
      fc.property(
        dates,
        serials,
        fc.integer({ min: 2, max: 11 }),
        fc.integer({ min: 1, max: 9 }),
        (birthDate, serial, at, step) => {
          const digits = [...digitsOf(birthDate, serial, false)]
          digits[at] = String((Number(digits[at]) + step) % 10)
          expect(parsePersonalIdentityNumber(digits.join(''))).toBeNull()
        },
      ),
    )
  })

  it.each([
    ['198112189876', 'the authority’s own example', '1981-12-18'],
    ['198112789873', 'the same day as a co-ordination number', '1981-12-18'],
    ['202002299812', 'a leap day', '2020-02-29'],
  ])('%s (%s) was born %s', (digits, _why, birthDate) => {
    expect(parsePersonalIdentityNumber(digits)?.birthDate).toBe(birthDate)
  })

  it.each([
    ['', 'empty'],
    ['19811218-9876', 'with a hyphen'],
    ['8112189876', 'ten digits'],
    ['198112189875', 'wrong check digit'],
    [digitsOf('2023-02-29', '998', false), '29 February of a common year'],
    [digitsOf('2023-13-01', '998', false), 'a thirteenth month'],
    [digitsOf('2023-01-00', '998', false), 'day zero'],
    [digitsOf('2023-01-00', '998', true), 'day sixty'],
    [digitsOf('2023-01-32', '998', true), 'day ninety-two'],
    [' 198112189876', 'leading space'],
    ['١٩٨١١٢١٨٩٨٧٦', 'other digits than ASCII'],
  ])('%s is none: %s', (digits) => {
    expect(parsePersonalIdentityNumber(digits)).toBeNull()
  })
})
