import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VisitStatus } from '../generated/prisma/enums.js'
import { overlaps } from '../visit/rules.js'
import { bookingRefusal, endOf, visitUnit } from './rules.js'

const now = new Date('2026-11-23T08:00:00+01:00')
const later = new Date('2026-11-24T08:00:00+01:00')
const ongoing = { ongoing: true }

describe('booking from a case', () => {
  it('[R36] is refused for a case that is not ongoing, before anything else', () => {
    expect(bookingRefusal({ ongoing: false }, { startsAt: now, durationMinutes: 0 }, now)).toBe('CASE_NOT_ONGOING')
  })

  it.each([
    ['2026-11-23T07:59:59+01:00', 'VISIT_IN_THE_PAST'],
    ['2026-11-23T08:00:00+01:00', 'VISIT_IN_THE_PAST'],
    ['2026-11-23T08:00:01+01:00', null],
    ['2028-11-23T08:00:00+01:00', null],
    ['9999-12-31T23:59:00Z', 'VISIT_TOO_FAR_AHEAD'],
  ])('[R36] at 08:00 a visit at %s gives %s', (startsAt, code) => {
    expect(bookingRefusal(ongoing, { startsAt: new Date(startsAt), durationMinutes: 30 }, now)).toBe(code)
  })

  it.each([
    [4, 'VISIT_LENGTH_OUT_OF_BOUNDS'],
    [5, null],
    [240, null],
    [241, 'VISIT_LENGTH_OUT_OF_BOUNDS'],
    [Number.NaN, 'VISIT_LENGTH_OUT_OF_BOUNDS'],
  ])('[R36] a visit of %s minutes gives %s', (durationMinutes, code) => {
    expect(bookingRefusal(ongoing, { startsAt: later, durationMinutes }, now)).toBe(code)
  })

  it('counts elapsed minutes over the night when the clocks are put back', () => {
    expect(endOf({ startsAt: new Date('2026-10-25T02:30:00+02:00'), durationMinutes: 60 })).toEqual(
      new Date('2026-10-25T02:30:00+01:00'),
    )
  })
})

describe('two visits', () => {
  const span = fc.record({
    from: fc.integer({ min: 0, max: 50 }),
    length: fc.integer({ min: 1, max: 20 }),
    status: fc.constantFrom(...Object.values(VisitStatus)),
  })
  const visit = ({ from, length, status }: { from: number; length: number; status: VisitStatus }) => ({
    startsAt: new Date(from * 60_000),
    endsAt: new Date((from + length) * 60_000),
    status,
  })

  it('[R36] overlap when a minute is in both and both take time, whichever is named first', () => {
    fc.assert(
      fc.property(span, span, (a, b) => {
        const minutes = (s: typeof a) => Array.from({ length: s.length }, (_, i) => s.from + i)
        const takesTime = (s: typeof a) => !['FULFILLED', 'CANCELLED', 'NO_SHOW'].includes(s.status)
        const expected = takesTime(a) && takesTime(b) && minutes(a).some((minute) => minutes(b).includes(minute))
        expect(overlaps(visit(a), visit(b))).toBe(expected)
        expect(overlaps(visit(b), visit(a))).toBe(expected)
      }),
    )
  })
})

describe('the unit of a visit from a case', () => {
  type Unit = { kind: 'HEALTH_CENTRE' | 'NURSE_LINE_1177' | 'YOUTH_CLINIC' }
  const [centre, other]: [Unit, Unit] = [{ kind: 'HEALTH_CENTRE' }, { kind: 'HEALTH_CENTRE' }]
  const [nurseLine, youth]: [Unit, Unit] = [{ kind: 'NURSE_LINE_1177' }, { kind: 'YOUTH_CLINIC' }]

  it.each<[string, Unit | null, Unit | null, Unit | null]>([
    ['started at a health centre, listed at another', centre, other, centre],
    ['started at a youth clinic', youth, centre, youth],
    ['started at 1177', nurseLine, centre, centre],
    ['started at 1177, listed nowhere', nurseLine, null, null],
    ['started at 1177, listed at no health centre', nurseLine, youth, null],
    ['started at a unit that is gone', null, centre, centre],
    ['started and listed nowhere', null, null, null],
  ])('[R36] of one %s', (_which, startedAt, listedAt, expected) => {
    expect(visitUnit(startedAt, listedAt)).toBe(expected)
  })
})
