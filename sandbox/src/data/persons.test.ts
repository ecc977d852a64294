import { ageAt, startOfDay } from '@vardgraf/time'
import { describe, expect, it } from 'vitest'
import { luhnDigit } from './personal-identity-number.js'
import { guardianshipsOf, personsOf, staff, withoutEid } from './persons.js'
import { units } from './units.js'

const ages = { astrid: 34, birger: 85, tuva: 12, lo: 4, signe: 13, malte: 17, elliot: 23 }

describe.each(['2026-11-22', '2027-02-24', '2028-02-29', '2031-12-31'])('test persons loaded on %s', (day) => {
  const persons = personsOf(day)
  const person = (key: string) => persons.find((each) => each.key === key)

  it.each(Object.entries(ages))('%s is %i years old', (key, age) => {
    expect(ageAt(person(key)?.birthDate ?? '', startOfDay(day))).toBe(age)
  })

  it('[R23] tuva turns 13 five days later, not one day before', () => {
    const birthDate = person('tuva')?.birthDate ?? ''
    const day5 = startOfDay(day).getTime() + 5.5 * 86_400_000
    expect([ageAt(birthDate, new Date(day5 - 86_400_000)), ageAt(birthDate, new Date(day5))]).toEqual([12, 13])
  })

  it('have serials of no living person and right check digits', () => {
    for (const number of [...persons.map((each) => each.personalIdentityNumber), withoutEid.coordinationNumber]) {
      expect(Number(number.slice(8, 11))).toBeGreaterThanOrEqual(980)
      expect(number.slice(11)).toBe(String(luhnDigit(number.slice(2, 11))))
    }
  })

  it('guardians have custody since the birth of the child', () => {
    expect(guardianshipsOf(persons)).toHaveLength(4)
  })
})

it('knows the check digit of a published test number', () => expect(luhnDigit('121212121')).toBe(2))

it('[R26] has 28 health centres in Västmanland, all names marked as invented, all phones kept for fiction', () => {
  const centres = units.filter((unit) => unit.region === 'vastmanland' && unit.kind === 'HEALTH_CENTRE')
  expect(centres).toHaveLength(28)
  expect(new Set(units.map((unit) => unit.hsaId)).size).toBe(units.length)
  for (const { name, phone } of units) {
    expect(name).toMatch(/\(påhittad\)$/)
    expect(phone >= '+46701740605' && phone <= '+46701740699').toBe(true)
  }
})

it('[R32] has two nurses at one unit, so that two can race for the next case', () => {
  const nurses = staff.filter(({ role }) => role === 'NURSE')
  expect(Map.groupBy(nurses, ({ unitId }) => unitId).get('SE2321000172-H001')).toHaveLength(2)
  expect(new Set(staff.map(({ key }) => key)).size).toBe(staff.length)
  expect(new Set(staff.map(({ hsaId }) => hsaId)).size).toBe(staff.length)
})

it('staff belong to units that exist', () => {
  const known = new Set(units.map((unit) => unit.hsaId))
  for (const { unitId } of staff) expect(known).toContain(unitId)
})
