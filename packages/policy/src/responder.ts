import type { Priority, UnitKind } from './codes.js'
import type { Policy } from './pack.js'
import { nextOpening, openAt } from './schedule.js'

const HOUR_MS = 3_600_000

/** Who answers a case, and from when: `opensAt` is the instant asked about when they answer already. */
export interface Responder<K extends UnitKind = 'HEALTH_CENTRE'> {
  responder: K | 'NURSE_LINE_1177'
  opensAt: Date
}

/**
 * Who answers a case that enters the waiting room at `instant`. [R27]
 *
 * Acute cases: 1177's nurses, round the clock. Else the unit while it is open, then 1177's nurses while they are; what comes in when
 * both are closed waits for the unit, unless the unit opens more than 24 h later: then for 1177's next opening, or the unit where
 * that comes first. Exactly 24 h is not too late. `kind` is the unit's: a youth clinic's or child health's cases stay with it in the
 * evening, if the pack does not name it in `takenOverByNurseLine`.
 */
export function responderAt<K extends UnitKind = 'HEALTH_CENTRE'>(
  pack: Policy,
  instant: Date,
  priority: Priority,
  kind: K = 'HEALTH_CENTRE' as K,
): Responder<K> {
  const { acutePriorities, takenOverByNurseLine, longestWaitHours } = pack.responder
  if (acutePriorities.value.includes(priority)) return { responder: 'NURSE_LINE_1177', opensAt: instant }

  const unit = pack.openingHours[kind]
  const nurseLine = pack.openingHours.NURSE_LINE_1177
  if (openAt(unit, instant)) return { responder: kind, opensAt: instant }
  if (takenOverByNurseLine.value.includes(kind) && openAt(nurseLine, instant))
    return { responder: 'NURSE_LINE_1177', opensAt: instant }

  const unitOpens = nextOpening(unit, instant)
  if (unitOpens.getTime() - instant.getTime() <= longestWaitHours.value * HOUR_MS) return { responder: kind, opensAt: unitOpens }
  const nurseLineOpens = nextOpening(nurseLine, instant)
  return unitOpens < nurseLineOpens
    ? { responder: kind, opensAt: unitOpens }
    : { responder: 'NURSE_LINE_1177', opensAt: nurseLineOpens }
}
