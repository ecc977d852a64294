import type { FactProviders } from '@vardgraf/access'
import { careRelationsSince } from '@vardgraf/policy'
import { isUuid } from '@vardgraf/relay'
import type { Services } from '../context.js'
import { Prisma } from '../generated/prisma/client.js'
import { isHandledBy, isOngoing } from './rules.js'
import { handledBy } from './sql.js'

/** What other subgraphs may ask of this one. */
export function caseFacts({ db, policies, platform: { clock } }: Pick<Services, 'db' | 'policies' | 'platform'>): FactProviders {
  const since = () => careRelationsSince(policies, clock.now())
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
          unitId: row.responderUnitId && isHandledBy(row, row.responderUnitId, since()) ? row.responderUnitId : null,
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
          WHERE c.patient_id = k.patient_id AND ${handledBy(Prisma.sql`k.unit_id`, since())}
)`
      const places = new Set(related.map(({ place }) => Number(place)))
      return keys.map((_, index) => places.has(index + 1))
    },
  }
}
