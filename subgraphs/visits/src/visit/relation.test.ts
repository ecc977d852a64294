import { describe, expect, it } from 'vitest'
import { givesRelation } from './rules.js'

// 30 elapsed days before 2026-11-22T12:00:00+01:00.
const since = new Date('2026-10-23T13:00:00+02:00')
const visit = (startsAt: string, cancelledAt?: string) => ({
  startsAt: new Date(startsAt),
  status: cancelledAt ? ('CANCELLED' as const) : ('BOOKED' as const),
  cancelledAt: cancelledAt ? new Date(cancelledAt) : null,
})

describe('the care relation of a visit', () => {
  it.each([
    ['a coming visit', visit('2027-06-01T08:00:00+02:00'), true],
    // Summer time ended in between: 30 elapsed days are an hour more on the wall.
    ['a visit 30 elapsed days ago', visit('2026-10-23T13:00:00+02:00'), true],
    ['a visit a second longer ago', visit('2026-10-23T12:59:59+02:00'), false],
    ['a coming visit that was cancelled yesterday', visit('2026-12-01T08:00:00+01:00', '2026-11-21T08:00:00+01:00'), true],
    ['a coming visit that was cancelled long ago', visit('2026-12-01T08:00:00+01:00', '2026-10-01T08:00:00+02:00'), false],
  ])('[A1] %s', (_what, given, expected) => {
    expect(givesRelation(given, since)).toBe(expected)
  })
})
