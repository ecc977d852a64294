import type { FactProviders, PatientAtUnit } from '@vardgraf/access'
import type { Clock } from '@vardgraf/process'
import { isUuid } from '@vardgraf/relay'
import type { Platform } from '@vardgraf/service'
import { toRfc3339 } from '@vardgraf/time'
import type { Db, VisitRow } from './database.js'
import { relationSince } from './rules/relation.js'

/** What other subgraphs may ask of this one. */
export function visitFacts(db: Db, pool: Platform['pool'], clock: Clock): FactProviders {
  return {
    visit: async (ids) => {
      const rows = await db.visit.findMany({ where: { id: { in: ids.filter(isUuid) } } })
      const byId = new Map(rows.map((row) => [row.id, toFact(row)]))
      return ids.map((id) => byId.get(id) ?? null)
    },
    visitRelation: (keys) => visitRelations(pool, keys, clock.now()),
  }
}

/** In the order of the keys: whether the unit has a care relation to the patient through a visit. The same as `givesRelation`. [A1] */
export async function visitRelations(pool: Platform['pool'], keys: readonly PatientAtUnit[], now: Date): Promise<boolean[]> {
  const { rows } = await pool.query<{ related: boolean }>(
    `SELECT EXISTS (
       SELECT FROM visits.visit v
        WHERE v."patientId" = k.patient AND v."unitId" = k.unit AND v."startsAt" >= $3
          AND (v."status" <> 'CANCELLED' OR v."cancelledAt" >= $3)) AS related
       FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS k(patient, unit, place)
      ORDER BY place`,
    [keys.map(({ patientId }) => (isUuid(patientId) ? patientId : null)), keys.map((key) => key.unitId), relationSince(now)],
  )
  return rows.map((row) => row.related)
}

const toFact = ({ id, patientId, unitId, startsAt, status, channel, profession, visitTypeCode }: VisitRow) => ({
  id,
  patientId,
  unitId,
  startsAt: toRfc3339(startsAt),
  status,
  channel,
  profession,
  visitTypeCode,
})
