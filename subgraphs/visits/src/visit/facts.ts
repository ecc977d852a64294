import type { FactProviders, PatientAtUnit } from '@vardgraf/access'
import { careRelationsSince } from '@vardgraf/policy'
import { isUuid } from '@vardgraf/relay'
import { toRfc3339 } from '@vardgraf/time'
import type { Services } from '../context.js'
import type { VisitRow } from '../database.js'
import { visitById } from './loaders.js'
import { givesRelationSql, relationColumns } from './sql.js'

/** What other subgraphs may ask of visits. */
export const visitFacts = (services: Services): FactProviders => ({
  visit: async (ids) => {
    const loader = visitById(services)
    const rows = await Promise.all(ids.map((id) => (isUuid(id) ? loader.load(id) : null)))
    return rows.map((row) => row && toFact(row))
  },
  visitRelation: (keys) => visitRelations(services, keys),
})

/** In the order of the keys: whether the unit has a care relation to the patient through a visit. [A1] */
async function visitRelations({ pool, policies, clock }: Services, keys: readonly PatientAtUnit[]): Promise<boolean[]> {
  const { rows } = await pool.query<{ related: boolean }>(
    `SELECT EXISTS (
       SELECT FROM visits.visit v
        WHERE v.patient_id = k.patient AND v.unit_id = k.unit AND ${givesRelationSql('v', '$3', '$4', '$5')}) AS related
       FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS k(patient, unit, place)
      ORDER BY place`,
    [
      keys.map(({ patientId }) => (isUuid(patientId) ? patientId : null)),
      keys.map((key) => key.unitId),
      ...relationColumns(careRelationsSince(policies, clock.now())),
    ],
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
