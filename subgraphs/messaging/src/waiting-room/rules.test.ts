import { loadPolicies } from '@vardgraf/policy'
import { describe, expect, it } from 'vitest'
import { CaseEventKind, CaseStatus } from '../generated/prisma/enums.js'
import { estimatedAnswerAt, positionReason, positionReasons, reasonOf, type Standing } from './position-rules.js'
import {
  dueSteps,
  LONGEST_PAUSE_MS,
  overflowAt,
  type Placeable,
  pauseAfter,
  placeOf,
  takenBackAt,
  whyNotClaimAgain,
  whyNotReassess,
  whyNotRelease,
} from './rules.js'

const centre = 'SE2321000172-H001'
const nurseLine = 'SE2321000172-N001'
const at = (instant: string): Date => new Date(instant)
const policy = loadPolicies().policyFor('vastmanland', at('2026-11-23T09:00:00+01:00'))

const entering = (enteredAt: string, more: Partial<Placeable> = {}): Placeable => ({
  id: 'a',
  unitId: centre,
  unitKind: 'HEALTH_CENTRE',
  outcome: 'HEALTH_CENTRE',
  priority: 'P3',
  enteredAt: at(enteredAt),
  warnedAt: null,
  overflowedAt: null,
  ...more,
})
const placed = (instant: string, more: Partial<Placeable> = {}) => placeOf(policy, entering(instant, more), at(instant))

describe('who answers', () => {
  it.each([
    ['2026-11-23T07:59:00+01:00', centre, '2026-11-23T08:00:00+01:00', 'before the centre opens'],
    ['2026-11-23T08:00:00+01:00', centre, '2026-11-23T08:00:00+01:00', 'as the centre opens'],
    ['2026-11-23T15:59:00+01:00', centre, '2026-11-23T15:59:00+01:00', 'the centre’s last minute'],
    ['2026-11-23T16:00:00+01:00', nurseLine, '2026-11-23T16:00:00+01:00', 'as the centre closes'],
    ['2026-11-23T21:59:00+01:00', nurseLine, '2026-11-23T21:59:00+01:00', '1177’s last minute'],
    ['2026-11-23T22:00:00+01:00', centre, '2026-11-24T08:00:00+01:00', 'at night the centre, when it opens'],
    [
      '2026-11-27T22:30:00+01:00',
      nurseLine,
      '2026-11-28T08:00:00+01:00',
      'a Friday night would wait past 24 hours for the centre',
    ],
    ['2026-11-28T12:00:00+01:00', nurseLine, '2026-11-28T12:00:00+01:00', 'a Saturday'],
    ['2026-11-29T22:30:00+01:00', centre, '2026-11-30T08:00:00+01:00', 'a Sunday night'],
    ['2026-12-23T22:30:00+01:00', nurseLine, '2026-12-24T08:00:00+01:00', 'the night before Christmas Eve'],
  ])('[R27] at %s: %s from %s (%s)', (instant, responderUnitId, opensAt) => {
    expect(placed(instant)).toMatchObject({ responderUnitId, opensAt: at(opensAt) })
  })

  it.each(['2026-11-23T03:00:00+01:00', '2026-11-23T12:00:00+01:00'])(
    '[R27] an acute case at %s: 1177’s nurses at once',
    (instant) => {
      expect(placed(instant, { priority: 'P1' })).toMatchObject({
        responderUnitId: nurseLine,
        opensAt: at(instant),
        queueClass: 0,
      })
    },
  )

  it.each([
    ['2026-11-23T18:00:00+01:00', nurseLine, '2026-11-23T18:00:00+01:00', 'the line is open'],
    ['2026-11-23T09:00:00+01:00', centre, '2026-11-23T09:00:00+01:00', 'the line opens at 16, the centre answers now'],
    ['2026-11-23T23:00:00+01:00', centre, '2026-11-24T08:00:00+01:00', 'both are closed, the centre opens first'],
  ])('[R31, R27] what triage sends to 1177 at %s: %s from %s (%s)', (instant, responderUnitId, opensAt) => {
    expect(placed(instant, { outcome: 'NURSE_LINE_1177' })).toMatchObject({ responderUnitId, opensAt: at(opensAt) })
  })

  it('[R27, R31] where both are open at once, triage decides who answers', () => {
    const { openingHours } = policy
    const both = { ...policy, openingHours: { ...openingHours, NURSE_LINE_1177: openingHours.HEALTH_CENTRE } }
    const noon = at('2026-11-23T12:00:00+01:00')
    const responder = (outcome: Placeable['outcome']) => placeOf(both, entering(noon.toISOString(), { outcome }), noon)
    expect(responder('NURSE_LINE_1177')).toMatchObject({ responderUnitId: nurseLine, opensAt: noon })
    expect(responder('HEALTH_CENTRE')).toMatchObject({ responderUnitId: centre, opensAt: noon })
  })

  it.each(['P2', 'P3', 'P4', 'P5'] as const)('[R32] %s is of the class behind P1', (priority) => {
    expect(placed('2026-11-23T12:00:00+01:00', { priority }).queueClass).toBe(1)
  })

  it('[R33] a case that has overflowed is with 1177’s nurses round the clock', () => {
    const overflowedAt = at('2026-11-24T03:00:00+01:00')
    expect(placed('2026-11-24T03:00:00+01:00', { overflowedAt })).toMatchObject({
      responderUnitId: nurseLine,
      opensAt: overflowedAt,
    })
  })

  it.each([
    ['2026-11-23T09:00:00+01:00', '2026-11-23T16:00:00+01:00', 'the centre closes'],
    ['2026-11-23T17:00:00+01:00', '2026-11-23T22:00:00+01:00', '1177 closes'],
    ['2026-11-23T23:00:00+01:00', '2026-11-24T08:00:00+01:00', 'the centre opens'],
  ])('[R27] a case placed at %s is looked at again at %s (%s)', (instant, expected) => {
    expect(placed(instant).reviewAt).toEqual(at(expected))
  })
})

describe('the answer is due', () => {
  const enteredAt = '2026-11-23T09:00:00+01:00'
  const waiting = entering(enteredAt)

  it.each([
    ['2026-11-24T06:59:59+01:00', { warn: false, overflow: false }],
    ['2026-11-24T07:00:00+01:00', { warn: true, overflow: false }],
    ['2026-11-24T07:59:59+01:00', { warn: true, overflow: false }],
    ['2026-11-24T08:00:00+01:00', { warn: true, overflow: true }],
  ])('[R33] at %s of a case of the day before at 9: %o', (now, expected) => {
    expect(dueSteps(policy, waiting, at(now))).toEqual(expected)
  })

  it('[R33] 24 hours and the overflow are elapsed time, also across the change of clocks', () => {
    const springNight = entering('2026-03-28T12:00:00+01:00')
    expect(placeOf(policy, springNight, springNight.enteredAt).answerDueAt).toEqual(at('2026-03-29T13:00:00+02:00'))
    expect(overflowAt(policy, springNight.enteredAt)).toEqual(at('2026-03-29T12:00:00+02:00'))
  })

  it.each([
    ['2026-11-23T09:05:00+01:00', '2026-11-24T08:00:00+01:00', 'at the overflow'],
    ['2026-11-24T06:59:00+01:00', '2026-11-24T08:00:00+01:00', 'at the overflow'],
    ['2026-11-24T07:01:00+01:00', '2026-11-24T08:01:00+01:00', 'an hour after the claim'],
    ['2026-11-25T12:00:00+01:00', '2026-11-25T13:00:00+01:00', 'an hour after the claim'],
  ])('[R33] claimed at %s and not answered, it goes back at %s (%s)', (assignedAt, expected) => {
    expect(takenBackAt(policy, { ...waiting, priority: 'P5' }, at(assignedAt))).toEqual(at(expected))
  })

  it.each([
    ['P1', '2026-11-23T09:20:00+01:00'],
    ['P2', '2026-11-23T11:05:00+01:00'],
    ['P3', '2026-11-23T17:05:00+01:00'],
    ['P4', '2026-11-24T05:05:00+01:00'],
    ['P5', '2026-11-24T08:00:00+01:00'],
  ] as const)('[R33] of priority %s, claimed at 9:05 and not answered, it goes back at %s', (priority, expected) => {
    expect(takenBackAt(policy, { ...waiting, priority }, at('2026-11-23T09:05:00+01:00'))).toEqual(at(expected))
  })

  it('[R33] a case that comes back with a step due is looked at now, whoever is closed', () => {
    const now = at('2026-11-24T08:30:00+01:00')
    expect(placeOf(policy, waiting, now).reviewAt).toEqual(now)
    expect(placeOf(policy, { ...waiting, warnedAt: now }, now).reviewAt).toEqual(now)
    expect(placeOf(policy, { ...waiting, warnedAt: now, overflowedAt: now }, now).reviewAt).toEqual(
      at('2026-11-24T16:00:00+01:00'),
    )
  })

  it('warns and overflows once', () => {
    const told = { ...waiting, warnedAt: at(enteredAt), overflowedAt: at(enteredAt) }
    expect(dueSteps(policy, told, at('2026-11-24T08:30:00+01:00'))).toEqual({ warn: false, overflow: false })
  })
})

describe('what the patient is told', () => {
  const standing: Standing = { version: 2, position: 3, estimatedAnswerAt: at('2026-11-23T10:00:00+01:00'), lastKind: 'ENTERED' }

  it.each([
    [{ position: 2 }, 'MOVED_UP'],
    [{ position: 4 }, 'HIGHER_NEED_AHEAD'],
    [{ version: 3, lastKind: 'REPRIORITISED' as const, position: 1 }, 'REPRIORITISED'],
    [{ version: 3, lastKind: 'ROUTED' as const }, 'ROUTED_ELSEWHERE'],
    [{ version: 3, lastKind: 'CLAIMED' as const, position: null }, 'CALLED'],
    [{ version: 3, lastKind: 'ABANDONED' as const, position: null }, 'LEFT'],
    [{ estimatedAnswerAt: at('2026-11-23T10:05:00+01:00') }, 'ESTIMATE_CHANGED'],
    [{ estimatedAnswerAt: null }, 'ESTIMATE_CHANGED'],
    [{ estimatedAnswerAt: at('2026-11-23T10:04:59+01:00') }, null],
    [{ position: null }, null],
    [{}, null],
  ])('[R32] after %o: %s', (change, reason) => {
    expect(positionReason(standing, { ...standing, ...change })).toBe(reason)
  })

  it('[R32] told that she was called, and in the queue again: she is back, also when the case was sent on at once', () => {
    const called: Standing = { version: 3, position: null, estimatedAnswerAt: null, lastKind: 'CLAIMED' }
    expect(positionReason(called, { ...standing, version: 4, lastKind: 'RELEASED' })).toBe('BACK_IN_QUEUE')
    expect(positionReason(called, { ...standing, version: 5, lastKind: 'OVERFLOWED' })).toBe('BACK_IN_QUEUE')
    expect(positionReason(called, { ...called, version: 4, lastKind: 'ANSWERED' })).toBe('ANSWERED')
  })

  it('[R32] an estimate that comes is told, and one that stays unknown is not', () => {
    const unknown = { ...standing, estimatedAnswerAt: null }
    expect(positionReason(unknown, standing)).toBe('ESTIMATE_CHANGED')
    expect(positionReason(unknown, unknown)).toBeNull()
  })

  it('[R32] the first word says how the case came to where it stands', () => {
    expect(positionReason(null, standing)).toBe('ENTERED')
    for (const kind of Object.values(CaseEventKind)) expect(Object.keys(positionReasons)).toContain(reasonOf[kind])
  })

  it('estimates from when the unit opens, by place and pace, to the minute; nothing without a known pace', () => {
    const now = at('2026-11-23T07:00:00+01:00')
    const opens = at('2026-11-23T08:00:00+01:00')
    expect(estimatedAnswerAt(3, 400, opens, now)).toEqual(at('2026-11-23T08:20:00+01:00'))
    expect(estimatedAnswerAt(1, 61, now, opens)).toEqual(at('2026-11-23T08:02:00+01:00'))
    expect(estimatedAnswerAt(3, null, opens, now)).toBeNull()
  })
})

it('[R32] only a waiting case is assessed anew, and only an assigned one is released, by whoever has claimed it', () => {
  const statuses = Object.values(CaseStatus)
  const of = (assignedToId: string | null) => statuses.map((status) => ({ status, assignedToId, redFlagAt: null }))
  expect(statuses.filter((status) => whyNotReassess({ status, redFlagAt: null }) === null)).toEqual(['WAITING'])
  expect(whyNotReassess({ status: 'ASSIGNED', redFlagAt: null })).toBe('CASE_NOT_WAITING')
  expect(of('me').filter((row) => whyNotRelease(row, 'me') === null)).toEqual([
    { status: 'ASSIGNED', assignedToId: 'me', redFlagAt: null },
  ])
  for (const row of [...of('other'), ...of(null)]) expect(whyNotRelease(row, 'me')).toBe('CASE_NOT_ASSIGNED')
})

it('[R32] a claim sent again gives what is the employee’s and ongoing', () => {
  const ongoing = ['ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT'] as const
  for (const status of ongoing) expect(whyNotClaimAgain({ status, assignedToId: 'me' }, 'me')).toBeNull()
  for (const status of ongoing) expect(whyNotClaimAgain({ status, assignedToId: 'other' }, 'me')).toBe('CASE_NOT_ASSIGNED')
  expect(whyNotClaimAgain({ status: 'WAITING', assignedToId: null }, 'me')).toBe('CASE_NOT_ASSIGNED')
  for (const status of ['CLOSED', 'CLOSED_112', 'ABANDONED'] as const)
    expect(whyNotClaimAgain({ status, assignedToId: 'me' }, 'me')).toBe('CLAIMED_CASE_ENDED')
})

it('[R31] a case whose patient was told 112 is not handed back by hand, nor assessed as less', () => {
  const flagged = { status: 'ASSIGNED', assignedToId: 'me', redFlagAt: new Date(0) } as const
  expect(whyNotRelease(flagged, 'me')).toBe('RED_FLAG_RAISED')
  expect(whyNotRelease(flagged, 'other')).toBe('CASE_NOT_ASSIGNED')
  expect(whyNotReassess({ status: 'WAITING', redFlagAt: new Date(0) })).toBe('RED_FLAG_RAISED')
})

it.each([
  [1, 60_000],
  [2, 120_000],
  [4, 480_000],
  [5, LONGEST_PAUSE_MS],
  [50, 900_000],
])('[R33] a case whose review has failed %i times in a row is left alone for %i ms', (failures, pause) => {
  expect(pauseAfter(failures)).toBe(pause)
})
