import type { FactProviders } from '@vardgraf/access'
import type { Clock } from '@vardgraf/process'
import { isUuid } from '@vardgraf/relay'
import type { Db } from '../database.js'
import { endedWithUnit, isHandledBy, isOngoing, ongoingStatuses, relationSince } from './rules.js'

/** What other subgraphs may ask of this one. */
export function caseFacts(db: Db, clock: Clock): FactProviders {
  return {
    careCase: async (ids) => {
      const rows = new Map(
        (await db.careCase.findMany({ where: { id: { in: ids.filter(isUuid) } } })).map((row) => [row.id, row]),
      )
      return ids.map((id) => {
        const row = rows.get(id)
        if (!row) return null
        return {
          id,
          patientId: row.patientId,
          unitId: row.responderUnitId && isHandledBy(row, row.responderUnitId, clock.now()) ? row.responderUnitId : null,
          startedAtUnitId: row.unitId,
          status: row.status,
          ongoing: isOngoing(row.status),
        }
      })
    },
    caseRelation: async (keys) => {
      const related = await db.$queryRaw<{ place: bigint }[]>`
        SELECT k.place FROM unnest(${keys.map((k) => (isUuid(k.patientId) ? k.patientId : null))}::uuid[], ${keys.map((k) => k.unitId)}::text[]) WITH ORDINALITY AS k(patient_id, unit_id, place)
        WHERE EXISTS (
          SELECT FROM messaging.care_case c
          WHERE c.patient_id = k.patient_id AND c.responder_unit_id = k.unit_id
            AND (c.status::text = ANY(${[...ongoingStatuses]}::text[]) OR (c.status::text = ANY(${[...endedWithUnit]}::text[]) AND c.closed_at >= ${relationSince(clock.now())})))`
      const places = new Set(related.map(({ place }) => Number(place)))
      return keys.map((_, index) => places.has(index + 1))
    },
  }
}
