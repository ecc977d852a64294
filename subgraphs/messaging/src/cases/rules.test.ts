import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseStatus } from '../generated/prisma/enums.js'
import { CaseStatus as Statuses } from '../generated/prisma/enums.js'
import {
  isChatOpen,
  isHandledBy,
  isOngoing,
  mayBecome,
  slaBreached,
  statusAfter,
  transitions,
  whyNotAbandon,
  whyNotClose,
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
  it('[R31] 112, self-care and a referral lead nowhere, and 112 is never reached from the chat', () => {
    for (const end of ['CLOSED_112', 'CLOSED_SELF_CARE', 'CLOSED_REFERRED', 'CLOSED', 'ABANDONED'] as const)
      expect([...reachable(end)]).toEqual([])
    expect(mayBecome('ANSWERED', 'CLOSED_112')).toBe(false)
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

  it('[R33] nothing is closed by the care, and no chat is open, without an answer before', () => {
    expect(statuses.filter((from) => mayBecome(from, 'CLOSED'))).toEqual(['ANSWERED', 'AWAITING_PATIENT'])
    expect(statuses.filter((from) => mayBecome(from, 'ANSWERED'))).toEqual(['ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT'])
  })

  it('[R32] a patient leaves from triage and the waiting room, and from nowhere else', () => {
    expect(statuses.filter((status) => whyNotAbandon({ status }) === null)).toEqual(['TRIAGING', 'WAITING'])
  })

  it('[R13] on every walk, what has ended stays ended, and a chat is open only in an ongoing case', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), (choices) => {
        let status: CaseStatus = 'TRIAGING'
        for (const choice of choices) {
          const next: readonly CaseStatus[] = transitions[status]
          if (next.length === 0) break
          status = next[choice % next.length] ?? status
          if (isChatOpen(status)) expect(isOngoing(status)).toBe(true)
        }
        expect(isOngoing(status) || status === 'TRIAGING' || reachable(status).size === 0).toBe(true)
      }),
    )
  })

  it('[R13] says why it cannot be closed: not answered yet, or over already', () => {
    expect(statuses.map((status) => [status, whyNotClose({ status })])).toEqual([
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

describe('who handles a case', () => {
  const unit = 'SE2321000172-H001'
  const now = new Date('2026-11-23T09:00:00+01:00')
  const closed = (closedAt: string) => ({ responderUnitId: unit, status: 'CLOSED' as const, closedAt: new Date(closedAt) })

  it.each([
    ['2026-10-24T09:00:00+01:00', true, 'exactly 30 days ago'],
    ['2026-10-24T08:59:59+01:00', false, 'a second longer ago'],
  ])('[A1] closed at %s: %s (%s)', (closedAt, expected) => {
    expect(isHandledBy(closed(closedAt), unit, now)).toBe(expected)
  })

  it.each([
    ['2026-10-24T09:00:00+01:00', true, 'exactly 30 days ago'],
    ['2026-10-24T08:59:59+01:00', false, 'a second longer ago'],
  ])('[R31, A1] ended with 112 at %s while it was the unit’s: %s (%s)', (closedAt, expected) => {
    expect(isHandledBy({ ...closed(closedAt), status: 'CLOSED_112' }, unit, now)).toBe(expected)
  })

  it('[A1] never another unit’s, nor one that never reached a waiting room', () => {
    fc.assert(
      fc.property(anyStatus, (status) => {
        expect(isHandledBy({ responderUnitId: 'SE2321000172-H002', status, closedAt: null }, unit, now)).toBe(false)
        expect(isHandledBy({ responderUnitId: null, status, closedAt: null }, unit, now)).toBe(false)
      }),
    )
    expect(isHandledBy({ responderUnitId: unit, status: 'ABANDONED', closedAt: now }, unit, now)).toBe(false)
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
