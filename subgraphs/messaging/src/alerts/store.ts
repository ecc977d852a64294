import type { Change } from '../change.js'
import type { Alert } from './rules.js'

/** Wakes the streams of a unit's alerts. */
export const alertsTopic = (unitId: string): string => `alerts:${unitId}`

/** Appends an alert to the unit's, and wakes whoever listens. The case is locked. [R31] */
export async function alertUnit({ tx, now, hint }: Change, caseId: string, { unitId, kind }: Alert): Promise<void> {
  // Alerts of a unit commit in the order of their numbers: a reader never passes one that comes late.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`alerts:${unitId}`}, 0))::text`
  const last = await tx.caseAlert.aggregate({ where: { unitId }, _max: { seq: true } })
  await tx.caseAlert.create({ data: { unitId, seq: (last._max.seq ?? 0) + 1, caseId, kind, raisedAt: now } })
  hint(alertsTopic(unitId))
}
