import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import type { VisitRow } from '../database.js'
import { overlapsSql } from './sql.js'

/** Visits by id (uuid); null for one that does not exist. */
export const visitById = ({ db }: Services) =>
  new DataLoader<string, VisitRow | null>(async (ids) => {
    const rows = await db.visit.findMany({ where: { id: { in: [...ids] } } })
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id) ?? null)
  })

/** Whether another visit of the same patient, at whatever unit, takes the same time: only the patient may be told. */
export const collisionOfVisit = ({ pool }: Services) =>
  new DataLoader<VisitRow, boolean, string>(
    async (visits) => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT v.id FROM visits.visit v
          WHERE v.id = ANY($1::uuid[]) AND EXISTS (
            SELECT FROM visits.visit o WHERE o.patient_id = v.patient_id AND o.id <> v.id AND ${overlapsSql('o', 'v')})`,
        [visits.map(({ id }) => id)],
      )
      const colliding = new Set(rows.map(({ id }) => id))
      return visits.map(({ id }) => colliding.has(id))
    },
    { cacheKeyFn: ({ id }) => id },
  )
