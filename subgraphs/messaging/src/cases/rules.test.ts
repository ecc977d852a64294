import { careRelationsSince, loadPolicies } from '@vardgraf/policy'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseStatus } from '../generated/prisma/enums.js'
import { CaseStatus as Statuses } from '../generated/prisma/enums.js'
import {
  endsAt112,
  ImpossibleTransition,
  isChatOpen,
  isHandledBy,
  isOngoing,
  mayBecome,
  slaBreached,
  statusAfter,
  transitions,
  whyNotAbandon,
  whyNotClose,
  whyNotOpen,
} from './rules.js'

const statuses = Object.values(Statuses)
const anyStatus = fc.constantFrom(...statuses)

/** Every status that can be reached from one, in any number of steps. */
function reachable(from: CaseStatus): Set<CaseStatus> {
  const found = new Set<CaseStatus>()
  const look = (status: CaseStatus): void => {
    for (const next of transitions[status]) {
      if (found.has(next)) continue
      found.add(next)
      look(next)
    }
  }
  look(from)
  return found
}

describe('the states of a case', () => {
  it('[R31] 112 and what the care has ended lead nowhere; self-care and leaving lead to 112 and nowhere else', () => {
    for (const end of ['CLOSED_112', 'CLOSED_REFERRED', 'CLOSED'] as const) expect([...reachable(end)]).toEqual([])
    for (const end of ['CLOSED_SELF_CARE', 'ABANDONED'] as const) expect([...reachable(end)]).toEqual(['CLOSED_112'])
  })

  it('[R31] a red flag ends a case that nobody in the care has begun with, and no other', () => {
    const ending = (redFlagAt: Date | null) => statuses.filter((status) => endsAt112({ status, redFlagAt }))
    expect(ending(null)).toEqual(['TRIAGING', 'CLOSED_SELF_CARE', 'WAITING', 'ABANDONED'])
    expect(ending(new Date(0))).not.toContain('WAITING')
  })

  it('[R31] each outcome leads to one state, and only two of them into the waiting room', () => {
    expect(statusAfter).toEqual({
      SELF_CARE: 'CLOSED_SELF_CARE',
      CALL_112: 'CLOSED_112',
      HEALTH_CENTRE: 'WAITING',
      NURSE_LINE_1177: 'WAITING',
    })
    for (const status of Object.values(statusAfter)) expect(mayBecome('TRIAGING', status)).toBe(true)
  })

  it('[R31, R33] nothing is closed by the care, and no chat is open, without an answer before, but for who was told 112', () => {
    const closable = (redFlagAt: Date | null) => statuses.filter((status) => whyNotClose({ status, redFlagAt }) === null)
    expect(closable(null)).toEqual(['ANSWERED', 'AWAITING_PATIENT'])
    expect(closable(new Date(0))).toEqual(['ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT'])
    expect(statuses.filter((from) => mayBecome(from, 'ANSWERED'))).toEqual(['ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT'])
  })

  it('[R32] a patient leaves from triage and the waiting room, and from nowhere else', () => {
    const leavable = (redFlagAt: Date | null) => statuses.filter((status) => whyNotAbandon({ status, redFlagAt }) === null)
    expect(leavable(null)).toEqual(['TRIAGING', 'WAITING'])
    expect(leavable(new Date(0))).not.toContain('WAITING')
  })

  it.each([
    [[], 'cough', null],
    [['rash'], 'cough', null],
    [['rash', 'cough'], 'cough', 'CASE_ALREADY_OPEN'],
    [['rash', 'back'], 'cough', null],
    [['rash', 'back', 'throat'], 'cough', 'TOO_MANY_OPEN_CASES'],
    [['rash', 'back', 'throat'], 'rash', 'CASE_ALREADY_OPEN'],
  ])('[R25] with %j open, three at the most, a case on a %s is refused as %s', (open, complaint, refusal) => {
    expect(
      whyNotOpen(
        open.map((each) => ({ complaint: each })),
        complaint,
        3,
      ),
    ).toBe(refusal)
  })

  it('[R13] on every walk, what has ended stays ended, and a chat is open only in an ongoing case', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), (choices) => {
        let status: CaseStatus = 'TRIAGING'
        for (const choice of choices) {
          const next: readonly CaseStatus[] = transitions[status]
          if (next.length === 0) break
          const ended = !isOngoing(status) && status !== 'TRIAGING'
          status = next[choice % next.length] ?? status
          if (ended) expect(status).toBe('CLOSED_112')
          if (isChatOpen(status)) expect(isOngoing(status)).toBe(true)
        }
        // What has ended can lead to 112, and to nothing that is ongoing again.
        if (!isOngoing(status) && status !== 'TRIAGING') expect([...reachable(status)].some(isOngoing)).toBe(false)
      }),
    )
  })

  it('[R13] says why it cannot be closed: not answered yet, or over already', () => {
    expect(statuses.map((status) => [status, whyNotClose({ status, redFlagAt: null })])).toEqual([
      ['TRIAGING', 'NO_ONGOING_CASE'],
      ['CLOSED_SELF_CARE', 'NO_ONGOING_CASE'],
      ['CLOSED_112', 'NO_ONGOING_CASE'],
      ['CLOSED_REFERRED', 'NO_ONGOING_CASE'],
      ['WAITING', 'CASE_NOT_ANSWERED'],
      ['ASSIGNED', 'CASE_NOT_ANSWERED'],
      ['ANSWERED', null],
      ['AWAITING_PATIENT', null],
      ['CLOSED', 'NO_ONGOING_CASE'],
      ['ABANDONED', 'NO_ONGOING_CASE'],
    ])
  })
})

it('[R32] a patient whom staff have begun with is told why she cannot leave', () => {
  expect(whyNotAbandon({ status: 'ASSIGNED', redFlagAt: null })).toBe('CASE_NOT_WAITING')
})

it('an impossible transition names both states, for the log', () => {
  expect(new ImpossibleTransition('CLOSED', 'WAITING')).toMatchObject({
    name: 'ImpossibleTransition',
    message: 'a case does not go from CLOSED to WAITING',
  })
})

describe('who handles a case', () => {
  const unit = 'SE2321000172-H001'
  const now = new Date('2026-11-23T09:00:00+01:00')
  const since = careRelationsSince(loadPolicies(), now)
  const region = 'vastmanland'
  const closed = (closedAt: string) => ({
    responderUnitId: unit,
    region,
    status: 'CLOSED' as const,
    closedAt: new Date(closedAt),
  })

  it.each([
    ['2026-10-24T09:00:00+01:00', true, 'exactly 30 days ago'],
    ['2026-10-24T08:59:59+01:00', false, 'a second longer ago'],
  ])('[A1] closed at %s: %s (%s)', (closedAt, expected) => {
    expect(isHandledBy(closed(closedAt), unit, since)).toBe(expected)
  })

  it.each([
    ['2026-10-24T09:00:00+01:00', true, 'exactly 30 days ago'],
    ['2026-10-24T08:59:59+01:00', false, 'a second longer ago'],
  ])('[R31, A1] ended with 112 at %s while it was the unit’s: %s (%s)', (closedAt, expected) => {
    expect(isHandledBy({ ...closed(closedAt), status: 'CLOSED_112' }, unit, since)).toBe(expected)
  })

  it('[A1] never another unit’s, nor one that never reached a waiting room', () => {
    fc.assert(
      fc.property(anyStatus, (status) => {
        expect(isHandledBy({ responderUnitId: 'SE2321000172-H002', region, status, closedAt: null }, unit, since)).toBe(false)
        expect(isHandledBy({ responderUnitId: null, region, status, closedAt: null }, unit, since)).toBe(false)
      }),
    )
    expect(isHandledBy({ responderUnitId: unit, region, status: 'ABANDONED', closedAt: now }, unit, since)).toBe(false)
  })
})

describe('the 24 hours', () => {
  const answerDueAt = new Date('2026-11-24T09:00:00+01:00')
  const at = (instant: string): Date => new Date(instant)

  it.each([
    ['2026-11-24T09:00:00+01:00', false],
    ['2026-11-24T09:00:01+01:00', true],
  ])('[R33] answered at %s: breached %s', (answeredAt, expected) => {
    expect(slaBreached({ answerDueAt, answeredAt: at(answeredAt), closedAt: null }, at('2026-12-24T00:00:00+01:00'))).toBe(
      expected,
    )
  })

  it('[R33] an unanswered case is late as soon as the time has passed; one that ended is measured at its end', () => {
    const late = at('2026-11-24T10:00:00+01:00')
    expect(slaBreached({ answerDueAt, answeredAt: null, closedAt: null }, late)).toBe(true)
    expect(slaBreached({ answerDueAt, answeredAt: null, closedAt: at('2026-11-23T12:00:00+01:00') }, late)).toBe(false)
    expect(slaBreached({ answerDueAt: null, answeredAt: null, closedAt: null }, late)).toBe(false)
  })
})
