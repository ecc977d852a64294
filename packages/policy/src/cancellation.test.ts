import { describe, expect, it } from 'vitest'
import { cancelDeadline } from './cancellation.js'
import { loadPolicies } from './load.js'

const policies = loadPolicies()
const at = new Date('2026-01-01T12:00:00Z')
const vgr = policies.policyFor('vastra-gotaland', at)
const bookedAt = new Date('2026-01-02T12:00:00Z')
const vml = policies.policyFor('vastmanland', at)

describe('the last time to cancel', () => {
  it.each([
    ['2026-11-23T10:15:00+01:00', '2026-11-22T10:15:00+01:00', 'an ordinary day'],
    ['2026-03-29T08:00:00+02:00', '2026-03-28T07:00:00+01:00', 'the day summer time begins'],
    ['2026-10-25T08:00:00+01:00', '2026-10-24T09:00:00+02:00', 'the day summer time ends'],
    ['2026-03-30T08:00:00+02:00', '2026-03-29T08:00:00+02:00', 'the day after'],
  ])('[R18] for a visit at %s in Västra Götaland is %s: %s', (startsAt, deadline) => {
    expect(cancelDeadline(vgr, { bookedAt, startsAt: new Date(startsAt) })).toEqual({ at: new Date(deadline), source: 'REGION' })
  })

  it.each([
    ['2026-11-23T10:15:00+01:00', '2026-11-23T08:30:00+01:00', '08:30 the same day'],
    ['2026-03-29T10:15:00+02:00', '2026-03-29T08:30:00+02:00', '08:30 by the new offset'],
    ['2026-11-23T08:30:00+01:00', '2026-11-23T08:30:00+01:00', 'the start itself'],
    ['2026-11-23T08:00:00+01:00', '2026-11-23T08:00:00+01:00', 'never after the visit has begun'],
  ])('[R18] for a visit at %s in Västmanland is %s: %s', (startsAt, deadline) => {
    expect(cancelDeadline(vml, { bookedAt, startsAt: new Date(startsAt) })).toEqual({ at: new Date(deadline), source: 'REGION' })
  })

  it('[R18] is what the kallelse says, when it says something', () => {
    const kallelseDeadline = new Date('2026-11-20T12:00:00+01:00')
    const visit = { bookedAt, startsAt: new Date('2026-11-23T10:15:00+01:00'), kallelseDeadline }
    expect(cancelDeadline(vgr, visit)).toEqual({ at: kallelseDeadline, source: 'KALLELSE' })
    expect(cancelDeadline(vgr, { ...visit, kallelseDeadline: null }).source).toBe('REGION')
  })

  it.each([
    ['2026-11-22T10:15:00+01:00', '2026-11-22T10:15:00+01:00', 'exactly at it: the deadline stands'],
    ['2026-11-22T10:15:00.001+01:00', '2026-11-23T10:15:00+01:00', 'a moment after it: until the visit starts'],
    ['2026-11-23T10:14:00+01:00', '2026-11-23T10:15:00+01:00', 'a minute before the visit: until the visit starts'],
  ])('[R18] of a visit booked at %s is %s: booked %s', (booked, deadline) => {
    const visit = { bookedAt: new Date(booked), startsAt: new Date('2026-11-23T10:15:00+01:00') }
    expect(cancelDeadline(vgr, visit)).toEqual({ at: new Date(deadline), source: 'REGION' })
  })

  it('[R18] of a visit booked after the deadline of its kallelse is the visit’s start, also in Västmanland', () => {
    const startsAt = new Date('2026-11-23T10:15:00+01:00')
    const late = { bookedAt: new Date('2026-11-23T08:30:01+01:00'), startsAt }
    expect(cancelDeadline(vml, late)).toEqual({ at: startsAt, source: 'REGION' })
    const kallelseDeadline = new Date('2026-11-20T12:00:00+01:00')
    expect(cancelDeadline(vml, { ...late, kallelseDeadline })).toEqual({ at: startsAt, source: 'KALLELSE' })
  })
})
