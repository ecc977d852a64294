import type { Priority, UnitKind } from './codes.js'
import type { Policy } from './pack.js'
import { answerDueAt } from './queue.js'
import { nextOpening, openAt } from './schedule.js'

const HOUR_MS = 3_600_000

/** A case in need of a responder. `kind` is its unit's. */
export interface Unanswered<K extends UnitKind = UnitKind> {
  priority: Priority
  /** When it entered the waiting room: what the longest wait is counted from, however often it is routed anew. */
  enteredAt: Date
  kind: K
}

/** Who answers a case, and from when: `opensAt` is the instant asked about when they answer already. */
export interface Responder<K extends UnitKind = UnitKind> {
  responder: K | 'NURSE_LINE_1177'
  opensAt: Date
}

/**
 * Who answers a case that stands in the waiting room at `instant`. [R27]
 *
 * Acute cases: 1177's nurses, round the clock. Else the unit while it is open, then 1177's nurses while they are; what stands there
 * when both are closed waits for the unit, if that opens in time; else for 1177's next opening, if that is in time; else it goes into
 * 1177's round-the-clock queue at once. In time is within the longest wait and the answer's due time, both counted from the entry;
 * exactly then is in time. A youth clinic's or child health's cases stay with it in the evening, if the pack does not name its kind in
 * `takenOverByNurseLine`.
 */
export function responderAt<K extends UnitKind>(
  pack: Policy,
  instant: Date,
  { priority, enteredAt, kind }: Unanswered<K>,
): Responder<K> {
  const { acutePriorities, takenOverByNurseLine } = pack.responder
  const atOnceByNurseLine = { responder: 'NURSE_LINE_1177', opensAt: instant } as const
  if (acutePriorities.value.includes(priority)) return atOnceByNurseLine

  const unit = pack.openingHours[kind]
  const nurseLine = pack.openingHours.NURSE_LINE_1177
  if (openAt(unit, instant)) return { responder: kind, opensAt: instant }
  if (takenOverByNurseLine.value.includes(kind) && openAt(nurseLine, instant)) return atOnceByNurseLine

  const latest = latestOpening(pack, enteredAt)
  const unitOpens = nextOpening(unit, instant)
  if (unitOpens <= latest) return { responder: kind, opensAt: unitOpens }
  const nurseLineOpens = nextOpening(nurseLine, instant)
  return nurseLineOpens <= latest ? { responder: 'NURSE_LINE_1177', opensAt: nurseLineOpens } : atOnceByNurseLine
}

/** Who opens after this opens too late for the case. */
function latestOpening(pack: Policy, enteredAt: Date): Date {
  const longestWait = enteredAt.getTime() + pack.responder.longestWaitHours.value * HOUR_MS
  return new Date(Math.min(longestWait, answerDueAt(pack, enteredAt).getTime()))
}
