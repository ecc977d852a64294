import { birthday, startOfDay } from '@vardgraf/process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Custody, guardianRefusal, mayActAsGuardian } from './guardianship.js'

const custody = (part: Partial<Custody> = {}): Custody => ({
  validFrom: '2013-06-22',
  validUntil: null,
  blocked: false,
  childBirthDate: '2013-06-22',
  ...part,
})
const at = (instant: string): Date => new Date(instant)

describe('a guardian', () => {
  it.each([
    ['2026-06-21T23:59:59.999+02:00', null],
    ['2026-06-22T00:00:00+02:00', 'CHILD_DECIDES_ALONE'],
    ['2026-06-21T22:00:00Z', 'CHILD_DECIDES_ALONE'],
  ])('[R20] [R23] of a child born 2013-06-22 at %s: %s', (now, refusal) => {
    expect(guardianRefusal(custody(), at(now))).toBe(refusal)
  })

  it.each([
    ['2025-02-27T23:59:59+01:00', null],
    ['2025-02-28T00:00:00+01:00', 'CHILD_DECIDES_ALONE'],
  ])('[A6] of a child born on 29 February 2012 at %s, a common year: %s', (now, refusal) => {
    expect(guardianRefusal(custody({ childBirthDate: '2012-02-29', validFrom: '2012-02-29' }), at(now))).toBe(refusal)
  })

  it.each([
    ['2024-03-09T23:59:59+01:00', 'CUSTODY_NOT_BEGUN'],
    ['2024-03-10T00:00:00+01:00', null],
    ['2024-09-30T23:59:59+02:00', null],
    ['2024-10-01T00:00:00+02:00', 'CUSTODY_ENDED'],
  ])('[R20] with custody from 2024-03-10 to 2024-09-30, both included, at %s: %s', (now, refusal) => {
    expect(guardianRefusal(custody({ validFrom: '2024-03-10', validUntil: '2024-09-30' }), at(now))).toBe(refusal)
  })

  it('[R20] blocked by a unit does not act, and another guardian of the same child still does', () => {
    const now = at('2024-01-01T12:00:00+01:00')
    expect(guardianRefusal(custody({ blocked: true }), now)).toBe('GUARDIAN_BLOCKED')
    expect(guardianRefusal(custody(), now)).toBeNull()
  })

  it('[R23] never acts again once the child is 13, whatever the custody says', () => {
    const days = fc
      .date({ min: at('2008-01-01T00:00:00Z'), max: at('2026-01-01T00:00:00Z'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10))
    fc.assert(
      fc.property(
        days,
        days,
        fc.boolean(),
        fc.nat({ max: 20 * 365 * 86_400_000 }),
        (childBirthDate, validFrom, blocked, later) => {
          const thirteenth = startOfDay(birthday(childBirthDate, 13))
          const subject = custody({ childBirthDate, validFrom, blocked })
          expect(mayActAsGuardian(subject, new Date(thirteenth.getTime() + later))).toBe(false)
          const open = custody({ childBirthDate, validFrom: childBirthDate })
          expect(mayActAsGuardian(open, new Date(thirteenth.getTime() - 1))).toBe(true)
        },
      ),
    )
  })
})
