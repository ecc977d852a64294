import { HOUR_MS } from '@vardgraf/time'
import type { Priority, UnitKind } from './codes.js'
import type { Policy } from './pack.js'
import { answerDueAt } from './queue.js'
import { nextOpening, openAt } from './schedule.js'

/** A case that is not answered yet. `kind` is the kind of its unit. */
export interface Unanswered<K extends UnitKind = UnitKind> {
  priority: Priority
  /** When it entered the waiting room. The longest wait is counted from then, even if the case has changed responder. */
  enteredAt: Date
  kind: K
}

/** Who answers a case, and from when. `opensAt` is the given instant if they are open then. */
export interface Responder<K extends UnitKind = UnitKind> {
  responder: K | 'NURSE_LINE_1177'
  opensAt: Date
}

/**
 * Who answers a case that is in the waiting room at `instant`. [R27]
 *
 * The first of these that applies:
 * 1. An acute case: the nurses of 1177, at any hour.
 * 2. The unit is open: the unit.
 * 3. 1177 is open, and the pack names the kind of unit in `takenOverByNurseLine`: the nurses of 1177.
 * 4. The unit opens in time: the unit, from then.
 * 5. 1177 opens in time: the nurses of 1177, from then.
 * 6. Otherwise the nurses of 1177, at once.
 *
 * "In time" is within both the longest wait and the due time of the answer, counted from the entry, the last instant included.
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

/** The last instant, included, at which an opening is in time for the case. */
function latestOpening(pack: Policy, enteredAt: Date): Date {
  const longestWait = enteredAt.getTime() + pack.responder.longestWaitHours.value * HOUR_MS
  return new Date(Math.min(longestWait, answerDueAt(pack, enteredAt).getTime()))
}
