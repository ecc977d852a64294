import type { ErrorCode } from '@vardgraf/errors'
import { type CareRelations, sinceIn } from '@vardgraf/policy/rules'
import type { CaseStatus, TriageOutcome } from '../generated/prisma/enums.js'

/** Where a case may go from each state; nothing else is possible. (Domain text, section 3.) */
export const transitions = {
  TRIAGING: ['CLOSED_SELF_CARE', 'CLOSED_112', 'CLOSED_REFERRED', 'WAITING', 'ABANDONED'],
  // WAITING → WAITING: re-triage and re-routing. ASSIGNED → WAITING: released.
  WAITING: ['WAITING', 'ASSIGNED', 'CLOSED_112', 'ABANDONED'],
  // ASSIGNED → CLOSED: only of a patient who was told 112 meanwhile.
  ASSIGNED: ['WAITING', 'ANSWERED', 'CLOSED'],
  ANSWERED: ['ANSWERED', 'AWAITING_PATIENT', 'CLOSED'],
  AWAITING_PATIENT: ['ANSWERED', 'AWAITING_PATIENT', 'CLOSED'],
  // A red flag leads to 112 after these ends too: no staff have begun with the case.
  CLOSED_SELF_CARE: ['CLOSED_112'],
  ABANDONED: ['CLOSED_112'],
  CLOSED_112: [],
  CLOSED_REFERRED: [],
  CLOSED: [],
} as const satisfies Record<CaseStatus, readonly CaseStatus[]>

export const ongoingStatuses = ['WAITING', 'ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT'] as const satisfies readonly CaseStatus[]
/** What counts as an open case of the patient's: she is answering, or the care has it. */
export const openStatuses = ['TRIAGING', ...ongoingStatuses] as const satisfies readonly CaseStatus[]
/** Staff have begun with it, and have not ended it. */
export const inHandStatuses = ['ASSIGNED', 'ANSWERED', 'AWAITING_PATIENT'] as const satisfies readonly CaseStatus[]
const unansweredStatuses = ['WAITING', 'ASSIGNED'] as const satisfies readonly CaseStatus[]
const chatOpenStatuses = ['ANSWERED', 'AWAITING_PATIENT'] as const satisfies readonly CaseStatus[]

const oneOf =
  (statuses: readonly CaseStatus[]) =>
  (status: CaseStatus): boolean =>
    statuses.includes(status)

/** An ongoing case (pågående ärende): the care has it and has not closed it. [R13] */
export const isOngoing = oneOf(ongoingStatuses)
/** She is still to be answered: the case waits, or a member of staff has begun with it and may release it. [R32, R33] */
export const isUnanswered = oneOf(unansweredStatuses)
const isInHand = oneOf(inHandStatuses)
/** The chat opens with the answer, and ends with the case. [R34] */
export const isChatOpen = oneOf(chatOpenStatuses)

export const mayBecome = (from: CaseStatus, to: CaseStatus): boolean => oneOf(transitions[from])(to)

/** A change that the state machine does not know: a bug, or a race that the caller has not ruled out. */
export class ImpossibleTransition extends Error {
  override name = 'ImpossibleTransition'
  constructor(from: CaseStatus, to: CaseStatus) {
    super(`a case does not go from ${from} to ${to}`)
  }
}

/** Where each outcome of triage leads. 112 never leads into a waiting room. [R31] */
export const statusAfter = {
  SELF_CARE: 'CLOSED_SELF_CARE',
  CALL_112: 'CLOSED_112',
  HEALTH_CENTRE: 'WAITING',
  NURSE_LINE_1177: 'WAITING',
} as const satisfies Record<TriageOutcome, CaseStatus>

/** The outcomes that lead into the waiting room. */
export type WaitingOutcome = Extract<TriageOutcome, 'HEALTH_CENTRE' | 'NURSE_LINE_1177'>

/**
 * How a case ends that a unit had: closed by its staff, or by a red flag that was raised while it waited or after they had begun. They
 * must be able to see what became of her, and what she was told. One that the patient left is hers alone. [R31, A1]
 */
export const endedWithUnit = ['CLOSED', 'CLOSED_112'] as const satisfies readonly CaseStatus[]
const isEndedWithUnit = oneOf(endedWithUnit)

/** What a care relation depends on. */
export type Related = { responderUnitId: string | null; region: string; status: CaseStatus; closedAt: Date | null }

/**
 * The unit handles the case now, or did when it ended, `since` its region's instant: then its staff are concerned (berörda). The same as
 * SQL is `handledBy` in `sql.ts`. [A1, R14]
 */
export function isHandledBy(
  { responderUnitId, region, status, closedAt }: Related,
  unitId: string,
  since: CareRelations,
): boolean {
  if (responderUnitId !== unitId) return false
  return isOngoing(status) || (isEndedWithUnit(status) && closedAt !== null && closedAt >= sinceIn(since, region))
}

/** What a red flag's consequences depend on. */
export type Flagged = { status: CaseStatus; redFlagAt: Date | null }

/** Staff have it, or had begun before it came back into the queue with a red flag: it is theirs to end. [R31] */
export const isTheirs = ({ status, redFlagAt }: Flagged): boolean => isInHand(status) || (redFlagAt !== null && isOngoing(status))

/** Whether a red flag ends the case as CLOSED_112: no staff have begun with it. [R31] */
export const endsAt112 = (row: Flagged): boolean => mayBecome(row.status, 'CLOSED_112') && !isTheirs(row)

/**
 * Why the patient cannot leave, or null. She leaves triage and the waiting room; once staff have begun, they end the case, also one that
 * waits for another unit since she was told 112. [R31, R32]
 */
export const whyNotAbandon = (row: Flagged): ErrorCode | null =>
  mayBecome(row.status, 'ABANDONED') && !isTheirs(row) ? null : 'CASE_NOT_WAITING'

/**
 * Why the care cannot close the case, or null. It is answered first: a case that is closed unread has had no answer. Except where the
 * patient has been told 112: she does not read the chat. [R31, R33]
 */
export function whyNotClose({ status, redFlagAt }: Flagged): ErrorCode | null {
  if (mayBecome(status, 'CLOSED') && (isChatOpen(status) || redFlagAt !== null)) return null
  return isOngoing(status) ? 'CASE_NOT_ANSWERED' : 'NO_ONGOING_CASE'
}

/** Why the patient cannot open one more case, or null: one a complaint, and the region's most of all together. [R25] */
export function whyNotOpen(open: readonly { complaint: string }[], complaint: string, mostOpen: number): ErrorCode | null {
  if (open.some((each) => each.complaint === complaint)) return 'CASE_ALREADY_OPEN'
  return open.length >= mostOpen ? 'TOO_MANY_OPEN_CASES' : null
}

/** The answer came, or comes, too late; exactly at the due time is in time. A case that ended unanswered waited until it ended. [R33] */
export function slaBreached(
  row: { answerDueAt: Date | null; answeredAt: Date | null; closedAt: Date | null },
  now: Date,
): boolean {
  return row.answerDueAt !== null && (row.answeredAt ?? row.closedAt ?? now) > row.answerDueAt
}
