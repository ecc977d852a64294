import { HOUR_MS, MINUTE_MS } from '@vardgraf/time'
import type { Priority } from './codes.js'
import type { Policy } from './pack.js'

/** What the order of the waiting room depends on. */
export interface Queued {
  id: string
  priority: Priority
  enteredAt: Date
}

/** The target of the region, in minutes from the entry into the waiting room to the answer; 0 is at once. [R32] */
export function targetMinutes(pack: Policy, priority: Priority): number {
  return pack.answers.targetMinutes[priority].value
}

/** When the case should be answered, by its priority. P2–P5 are ordered by it. [R32] */
export function targetAt(pack: Policy, { priority, enteredAt }: Queued): Date {
  return new Date(enteredAt.getTime() + targetMinutes(pack, priority) * MINUTE_MS)
}

/** When a human must have answered at the latest. The hours are elapsed hours, so a change of the clock makes no difference. [R33] */
export function answerDueAt(pack: Policy, enteredAt: Date): Date {
  return new Date(enteredAt.getTime() + pack.answers.dueHours.value * HOUR_MS)
}

/** When the unit is warned that an answer is due, and the case goes to the nurses of 1177. [R33] */
export function warnAt(pack: Policy, enteredAt: Date): Date {
  return new Date(answerDueAt(pack, enteredAt).getTime() - pack.answers.warnHoursBefore.value * HOUR_MS)
}

/** Whether the answer is, or was, too late. An answer exactly at the due time is in time. [R33] */
export function slaBreached(pack: Policy, enteredAt: Date, answeredAt: Date | null, now: Date): boolean {
  return (answeredAt ?? now) > answerDueAt(pack, enteredAt)
}

/**
 * The order of the waiting room, for `sort`: P1 before all others, then the earliest target, then the earliest entry, then the id.
 * A total order: 0 only for the same id. No case in P2–P5 waits without end: a later case goes before it only if it enters within the
 * difference between the two targets. [R32]
 */
export function queueOrder(pack: Policy): (a: Queued, b: Queued) => number {
  return (a, b) =>
    Number(b.priority === 'P1') - Number(a.priority === 'P1') ||
    targetAt(pack, a).getTime() - targetAt(pack, b).getTime() ||
    a.enteredAt.getTime() - b.enteredAt.getTime() ||
    byCode(a.id, b.id)
}

// By code unit, as `COLLATE "C"` does, so that the database and the process have the same order.
const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** How long staff may hold a claimed case without an answer, in milliseconds: its target, but never less than the policy's minimum. [R33] */
export function holdMilliseconds(pack: Policy, priority: Priority): number {
  return Math.max(targetMinutes(pack, priority), pack.answers.heldAtLeastMinutes.value) * MINUTE_MS
}
