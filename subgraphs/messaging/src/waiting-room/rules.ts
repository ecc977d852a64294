import type { ErrorCode } from '@vardgraf/errors'
import {
  answerDueAt,
  closesAt,
  holdMilliseconds,
  nextOpening,
  openAt,
  type Policy,
  responderAt,
  type Schedule,
  targetAt,
  type UnitKind,
  warnAt,
} from '@vardgraf/policy/rules'
import { MINUTE_MS } from '@vardgraf/time'
import { type Flagged, isOngoing, type WaitingOutcome } from '../cases/rules.js'
import type { CaseStatus, Priority } from '../generated/prisma/enums.js'

/** What a case's place in the waiting rooms depends on. */
export interface Placeable {
  id: string
  unitId: string
  unitKind: string
  outcome: WaitingOutcome
  priority: Priority
  enteredAt: Date
  warnedAt: Date | null
  overflowedAt: Date | null
}

/** Which queue a case stands in, where, and when that must be looked at again. */
export interface Place {
  responderUnitId: string
  enteredAt: Date
  targetAt: Date
  queueClass: number
  answerDueAt: Date
  opensAt: Date
  reviewAt: Date
}

/** P1 is a class of its own, before all others. [R32] */
const STRICT_CLASS = 0
const ORDINARY_CLASS = 1

/** The place of a case at an instant, by the region's policy. [R27, R32, R33] */
export function placeOf(policy: Policy, careCase: Placeable, now: Date): Place {
  return {
    ...routeOf(policy, careCase, now),
    enteredAt: careCase.enteredAt,
    targetAt: targetAt(policy, careCase),
    queueClass: careCase.priority === 'P1' ? STRICT_CLASS : ORDINARY_CLASS,
    answerDueAt: answerDueAt(policy, careCase.enteredAt),
    reviewAt: reviewAt(policy, careCase, now),
  }
}

/**
 * Who answers, and from when. Acute cases, those that have overflowed and those that would be due before anybody opens go to 1177's
 * nurses, who are there round the clock. What triage sends to 1177 goes there while the line is open, and else to who answers at that
 * hour: a patient does not wait for a certain responder. [R27, R31, R33]
 */
function routeOf(policy: Policy, careCase: Placeable, now: Date): Pick<Place, 'responderUnitId' | 'opensAt'> {
  const nurseLine = policy.responder.nurseLineUnitId.value
  const forNurseLine = careCase.outcome === 'NURSE_LINE_1177' && openAt(policy.openingHours.NURSE_LINE_1177, now)
  if (careCase.overflowedAt || forNurseLine) return { responderUnitId: nurseLine, opensAt: now }
  const { responder, opensAt } = responderAt(policy, now, { ...careCase, kind: careCase.unitKind as UnitKind })
  return { responderUnitId: responder === 'NURSE_LINE_1177' ? nurseLine : careCase.unitId, opensAt }
}

/** What is due in a waiting case. The unit is warned; halfway from the warning to the due time 1177's nurses take over. [R33] */
export function dueSteps(policy: Policy, careCase: Placeable, now: Date): { warn: boolean; overflow: boolean } {
  return {
    warn: !careCase.warnedAt && now >= warnAt(policy, careCase.enteredAt),
    overflow: !careCase.overflowedAt && now >= overflowAt(policy, careCase.enteredAt),
  }
}

/** Halfway between the warning and the due time: the unit has half of the margin to react, 1177's nurses the other half. */
export function overflowAt(policy: Policy, enteredAt: Date): Date {
  return new Date((warnAt(policy, enteredAt).getTime() + answerDueAt(policy, enteredAt).getTime()) / 2)
}

/**
 * When a case that somebody has begun with, and not answered, goes back into the queue: when its target, counted from the claim, has passed, at the latest at
 * the overflow. Whoever claimed it late has as long as 1177's nurses would have had, so that a case is not taken back while its answer is being written. [R33]
 */
export function takenBackAt(
  policy: Policy,
  { enteredAt, priority }: Pick<Placeable, 'enteredAt' | 'priority'>,
  assignedAt: Date,
): Date {
  const overflow = overflowAt(policy, enteredAt).getTime()
  const margin = answerDueAt(policy, enteredAt).getTime() - overflow
  const latest = Math.max(overflow, assignedAt.getTime() + margin)
  return new Date(Math.min(latest, assignedAt.getTime() + holdMilliseconds(policy, priority)))
}

/** The next instant at which anything about the place may change: somebody opens or closes, or the answer is due soon; now, if it is. */
function reviewAt(policy: Policy, careCase: Placeable, now: Date): Date {
  const { warn, overflow } = dueSteps(policy, careCase, now)
  if (warn || overflow) return now
  const hours = policy.openingHours
  const instants = [
    nextChange(hours[careCase.unitKind as UnitKind], now),
    nextChange(hours.NURSE_LINE_1177, now),
    warnAt(policy, careCase.enteredAt),
    overflowAt(policy, careCase.enteredAt),
  ].map((instant) => instant.getTime())
  return new Date(Math.min(...instants.filter((instant) => instant > now.getTime())))
}

const FIRST_PAUSE_MS = MINUTE_MS
/** A case whose review fails again and again is still looked at this often: what is wrong may be put right at any time. */
export const LONGEST_PAUSE_MS = 15 * MINUTE_MS

/** How long a case whose review has failed so many times in a row is left alone: twice as long each time, up to the longest. */
export const pauseAfter = (failures: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)

const nextChange = (schedule: Schedule, now: Date): Date => closesAt(schedule, now) ?? nextOpening(schedule, now)

/** Why an employee cannot put a case back into the queue, or null: only whoever has claimed it does, and before it is answered. [R33] */
export function whyNotRelease(row: Flagged & { assignedToId: string | null }, staffId: string): ErrorCode | null {
  if (row.status !== 'ASSIGNED' || row.assignedToId !== staffId) return 'CASE_NOT_ASSIGNED'
  // Whoever has it hears that she was told 112, and takes care of it: it is not released like another case. [R31]
  return row.redFlagAt === null ? null : 'RED_FLAG_RAISED'
}

/** Why a claim sent again does not give the case that it got the first time, or null while that is still the employee's and ongoing. [R32] */
export function whyNotClaimAgain(row: { status: CaseStatus; assignedToId: string | null }, staffId: string): ErrorCode | null {
  if (!isOngoing(row.status)) return 'CLAIMED_CASE_ENDED'
  return row.assignedToId === staffId ? null : 'CASE_NOT_ASSIGNED'
}

/** Why a case cannot be assessed again, or null: once staff have begun, the order of the queue no longer matters. [R32] */
export function whyNotReassess({ status, redFlagAt }: Flagged): ErrorCode | null {
  if (status !== 'WAITING') return 'CASE_NOT_WAITING'
  // She was told 112: it stays acute until staff have answered or closed it. [R31]
  return redFlagAt === null ? null : 'RED_FLAG_RAISED'
}
