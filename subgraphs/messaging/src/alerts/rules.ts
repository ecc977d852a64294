import { isOngoing } from '../cases/rules.js'
import type { CaseAlertKind, CaseEventKind, CaseStatus } from '../generated/prisma/enums.js'

/** What an alert depends on. */
export interface Alertable {
  status: CaseStatus
  responderUnitId: string | null
  redFlagAt: Date | null
}

/** A unit that must hear of something at once. */
export interface Alert {
  unitId: string
  kind: CaseAlertKind
}

/**
 * What a change of a case must tell at once, and to which unit; null where nothing. The unit that has it hears that the patient was told
 * 112, or got worse; and so does a unit into whose queue the case comes afterwards. [R31]
 */
export function alertOf(kind: CaseEventKind, from: Alertable, to: Alertable): Alert | null {
  const unitId = to.responderUnitId
  if (unitId === null || !isOngoing(to.status)) return null
  if (kind === 'RED_FLAG' || kind === 'WORSENED') return { unitId, kind }
  const comes = unitId !== from.responderUnitId || kind === 'RELEASED'
  return to.redFlagAt !== null && comes ? { unitId, kind: 'RED_FLAG' } : null
}
