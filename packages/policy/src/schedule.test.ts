import { describe, expect, it } from 'vitest'
import { closesAt, nextOpening, openAt, openingsOn } from './schedule.js'
import type { Schedule } from './schedule-shape.js'

const office = [['08:00', '16:00']] as [string, string][]
const schedule: Schedule = {
  week: { MON: office, TUE: office, WED: office, THU: office, FRI: office, SAT: [], SUN: [] },
  publicHoliday: [],
  namedDays: { CHRISTMAS_EVE: [['08:00', '12:00']], EPIPHANY: [['10:00', '12:00']] },
  dates: { '2026-12-28': [], '2026-01-06': [['09:00', '10:00']] },
  source: '[D] test',
}
const allDay = [['00:00', '24:00']] as [string, string][]
const roundTheClock: Schedule = {
  week: { MON: allDay, TUE: allDay, WED: allDay, THU: allDay, FRI: allDay, SAT: allDay, SUN: allDay },
  publicHoliday: allDay,
  source: '[D] test',
}
const night: Schedule = { ...roundTheClock, week: { ...schedule.week, SUN: [['02:30', '03:30']] }, publicHoliday: [] }

describe('openAt', () => {
  it.each([
    ['2026-11-23T07:59:59.999+01:00', false, 'a weekday before the opening'],
    ['2026-11-23T08:00:00+01:00', true, 'the opening itself'],
    ['2026-11-23T15:59:59.999+01:00', true, 'the last millisecond'],
    ['2026-11-23T16:00:00+01:00', false, 'the closing time'],
    ['2026-11-22T10:00:00+01:00', false, 'a Sunday'],
    ['2026-05-14T10:00:00+02:00', false, 'Ascension Day, a Thursday'],
    ['2026-12-24T11:59:00+01:00', true, 'Christmas Eve by its own hours'],
    ['2026-12-24T12:00:00+01:00', false, 'Christmas Eve by its own hours'],
    ['2026-12-31T15:00:00+01:00', true, 'an eve that the schedule does not mention'],
    ['2027-01-06T11:00:00+01:00', true, 'a public holiday with its own hours'],
    ['2026-01-06T11:00:00+01:00', false, 'a date of its own beats the named day'],
    ['2026-12-28T10:00:00+01:00', false, 'a single closed date'],
    ['2026-03-30T08:00:00+02:00', true, 'the first weekday of summer time, by the new offset'],
    ['2026-03-30T07:00:00+02:00', false, '08:00 by the old offset'],
  ])('at %s is %s: %s', (at, open) => {
    expect(openAt(schedule, new Date(at))).toBe(open)
  })

  it.each([
    '2026-03-29T01:59:59+01:00',
    '2026-03-29T03:00:00+02:00',
    '2026-10-25T02:30:00+02:00',
    '2026-10-25T02:30:00+01:00',
    '2026-12-31T23:59:59+01:00',
  ])('round the clock has no gap at %s', (at) => {
    expect(openAt(roundTheClock, new Date(at))).toBe(true)
  })
})

describe('nextOpening', () => {
  it.each([
    ['2026-11-23T08:00:00+01:00', '2026-11-23T08:00:00+01:00', 'open now: now'],
    ['2026-11-23T12:34:56+01:00', '2026-11-23T12:34:56+01:00', 'open now: now'],
    ['2026-11-23T16:00:00+01:00', '2026-11-24T08:00:00+01:00', 'closing time: tomorrow'],
    ['2026-11-27T16:00:00+01:00', '2026-11-30T08:00:00+01:00', 'Friday: Monday'],
    ['2026-12-24T12:00:00+01:00', '2026-12-29T08:00:00+01:00', 'over Christmas, the weekend and a closed date'],
    ['2026-03-27T16:00:00+01:00', '2026-03-30T08:00:00+02:00', 'over the start of summer time'],
    ['2026-10-23T16:00:00+02:00', '2026-10-26T08:00:00+01:00', 'over the end of summer time'],
  ])('from %s is %s: %s', (from, expected) => {
    expect(nextOpening(schedule, new Date(from))).toEqual(new Date(expected))
  })

  it('says so when a schedule never opens again', () => {
    const shut = {
      ...schedule,
      week: { ...schedule.week, MON: [], TUE: [], WED: [], THU: [], FRI: [] },
      namedDays: {},
      dates: {},
    }
    expect(() => nextOpening(shut, new Date('2026-11-23T12:00:00Z'))).toThrow(RangeError)
  })
})

describe('closesAt', () => {
  it('is null when it is closed', () => {
    expect(closesAt(schedule, new Date('2026-11-22T12:00:00+01:00'))).toBeNull()
  })

  it('is the closing time of the opening', () => {
    expect(closesAt(schedule, new Date('2026-11-23T12:00:00+01:00'))).toEqual(new Date('2026-11-23T16:00:00+01:00'))
  })

  it('joins openings that meet at midnight', () => {
    const weekend: Schedule = { ...schedule, week: { ...schedule.week, SAT: [['20:00', '24:00']], SUN: [['00:00', '02:00']] } }
    expect(closesAt(weekend, new Date('2026-11-28T21:00:00+01:00'))).toEqual(new Date('2026-11-29T02:00:00+01:00'))
  })
})

describe('openingsOn', () => {
  it('has none in the hour that summer time skips', () => {
    expect(openingsOn(night, '2026-03-29')).toEqual([])
    expect(openingsOn(night, '2026-03-22')).toHaveLength(1)
  })

  it('a day of 25 hours is one opening', () => {
    const [opening] = openingsOn(roundTheClock, '2026-10-25')
    expect(opening && opening.closesAt.getTime() - opening.opensAt.getTime()).toBe(25 * 3_600_000)
  })
})
