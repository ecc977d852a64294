import type { Priority } from './codes.js'
import type { Policy } from './pack.js'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** What the order of the waiting room depends on. */
export interface Queued {
  id: string
  priority: Priority
  enteredAt: Date
}

/** Minutes from entering the waiting room to the answer that the region aims at; 0 is at once. [R32] */
export function targetMinutes(pack: Policy, priority: Priority): number {
  return pack.answers.targetMinutes[priority].value
}

/** When the case should be answered by its priority: what P2–P5 are ordered by. [R32] */
export function targetAt(pack: Policy, { priority, enteredAt }: Queued): Date {
  return new Date(enteredAt.getTime() + targetMinutes(pack, priority) * MINUTE_MS)
}

/** When a human must have answered at the latest: elapsed hours, so that a night with a clock change moves nothing. [R33] */
export function answerDueAt(pack: Policy, enteredAt: Date): Date {
  return new Date(enteredAt.getTime() + pack.answers.dueHours.value * HOUR_MS)
}

/** When the unit is warned that an answer is due, and the case overflows to 1177's nurses. [R33] */
export function warnAt(pack: Policy, enteredAt: Date): Date {
  return new Date(answerDueAt(pack, enteredAt).getTime() - pack.answers.warnHoursBefore.value * HOUR_MS)
}

/** Whether the answer is, or was, too late; an answer exactly at the due time is in time. [R33] */
export function slaBreached(pack: Policy, enteredAt: Date, answeredAt: Date | null, now: Date): boolean {
  return (answeredAt ?? now) > answerDueAt(pack, enteredAt)
}

/**
 * The order of the waiting room, for `sort`: P1 before all others; then the earliest target; ties by who entered first, then id.
 * A total order: 0 only for one and the same id. Nobody in P2–P5 starves: who enters later than the difference between two
 * priorities' targets comes behind, whatever her priority. [R32]
 */
export function queueOrder(pack: Policy): (a: Queued, b: Queued) => number {
  return (a, b) =>
    Number(b.priority === 'P1') - Number(a.priority === 'P1') ||
    targetAt(pack, a).getTime() - targetAt(pack, b).getTime() ||
    a.enteredAt.getTime() - b.enteredAt.getTime() ||
    byCode(a.id, b.id)
}

// By code unit, as `COLLATE "C"` does: the database and the process must agree.
const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** How long whoever claims a case has to answer it, in milliseconds: its target anew, and never less than the policy's least. [R33] */
export function holdMilliseconds(pack: Policy, priority: Priority): number {
  return Math.max(targetMinutes(pack, priority), pack.answers.heldAtLeastMinutes.value) * MINUTE_MS
}
