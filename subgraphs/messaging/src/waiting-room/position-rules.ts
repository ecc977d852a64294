import { MINUTE_MS } from '@vardgraf/time'
import type { CaseEventKind } from '../generated/prisma/enums.js'

/** How fast a unit has answered lately: seconds between one answer and the next; null when too few are known. */
export type Pace = number | null

/** Intervals of the unit's last answers: fewer say nothing about its pace. */
export const MIN_PACE_INTERVALS = 3
/** A longer pause is a closed unit or an empty queue, not slow work. */
export const MAX_PACE_INTERVAL_SECONDS = 3_600
/** How many answers back the pace looks, and how many days at the most. */
export const MAX_PACE_ANSWERS = 20
export const MAX_PACE_DAYS = 7

/** When the answer can be expected: from when the unit answers, as many intervals on as there are places. An estimate, null when unknown. */
export function estimatedAnswerAt(position: number, pace: Pace, opensAt: Date, now: Date): Date | null {
  if (pace === null) return null
  const estimate = Math.max(now.getTime(), opensAt.getTime()) + position * pace * 1000
  return new Date(Math.ceil(estimate / MINUTE_MS) * MINUTE_MS)
}

/** Why a patient is told of her position. Nothing in it tells of another patient. [R32] */
export const positionReasons = {
  ENTERED: 'The case entered the waiting room.',
  MOVED_UP: 'The queue has moved: the position is better.',
  HIGHER_NEED_AHEAD: 'Somebody with a greater need is helped first: the position is worse.',
  REPRIORITISED: 'The care has assessed the case again.',
  ROUTED_ELSEWHERE: 'Another unit answers the case now.',
  BACK_IN_QUEUE: 'The case is back in the waiting room, at its old place.',
  ESTIMATE_CHANGED: 'Only the estimate has changed.',
  CALLED: 'A member of staff has begun with the case.',
  RED_FLAG: 'The answers tell of an emergency: 112 must be called now. There is no place to wait for.',
  ANSWERED: 'The care has answered.',
  LEFT: 'The patient has left the waiting room.',
  ENDED: 'The case has ended.',
} as const satisfies Record<string, string>
export type PositionReason = keyof typeof positionReasons

/** What the patient was told last, and what holds now. */
export interface Standing {
  /** Of the last event that says something to her. */
  version: number
  position: number | null
  estimatedAnswerAt: Date | null
  lastKind: CaseEventKind
}

/** Why the patient hears of a new standing; null when there is nothing new to say. */
export function positionReason(told: Standing | null, now: Standing): PositionReason | null {
  // A case that is released and routed at once has both reasons; that it is back in the queue matters more to her.
  if (told?.position === null && now.position !== null) return 'BACK_IN_QUEUE'
  if (!told || told.version !== now.version) return reasonOf[now.lastKind]
  if (told.position !== null && now.position !== null && told.position !== now.position)
    return now.position < told.position ? 'MOVED_UP' : 'HIGHER_NEED_AHEAD'
  return estimateMoved(told.estimatedAnswerAt, now.estimatedAnswerAt) ? 'ESTIMATE_CHANGED' : null
}

/** An estimate that moves by less than this is not worth a message. */
const ESTIMATE_STEP_MS = 5 * MINUTE_MS

function estimateMoved(told: Date | null, now: Date | null): boolean {
  if (told === null || now === null) return told !== now
  return Math.abs(told.getTime() - now.getTime()) >= ESTIMATE_STEP_MS
}

/** What an event of the case itself means to the one who waits. What is for staff alone, and a booked visit, mean nothing: they are passed over. */
export const reasonOf = {
  OPENED: 'ENTERED',
  TRIAGED: 'ENDED',
  ENTERED: 'ENTERED',
  REPRIORITISED: 'REPRIORITISED',
  ROUTED: 'ROUTED_ELSEWHERE',
  DUE_SOON: 'ENTERED',
  OVERFLOWED: 'ROUTED_ELSEWHERE',
  CLAIMED: 'CALLED',
  RELEASED: 'BACK_IN_QUEUE',
  ANSWERED: 'ANSWERED',
  STAFF_WROTE: 'ANSWERED',
  PATIENT_WROTE: 'ANSWERED',
  VISIT_LINKED: 'ANSWERED',
  RED_FLAG: 'RED_FLAG',
  WORSENED: 'CALLED',
  ABANDONED: 'LEFT',
  CLOSED: 'ENDED',
} as const satisfies Record<CaseEventKind, PositionReason>
