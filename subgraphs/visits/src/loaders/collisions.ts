import type { Platform } from '@vardgraf/service'
import DataLoader from 'dataloader'
import type { VisitRow } from '../database.js'
import { takingTime } from '../rules/booking.js'

/** Whether another visit of the same patient, at whatever unit, takes the same time: for herself alone. One statement for all of a turn. */
export type Collisions = DataLoader<VisitRow, boolean, string>

export const collisionsOf = (pool: Platform['pool']): Collisions =>
  new DataLoader(
    async (visits) => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT v.id FROM visits.visit v
          WHERE v.id = ANY($1::uuid[]) AND v.status::text = ANY($2::text[]) AND EXISTS (
            SELECT FROM visits.visit o
             WHERE o."patientId" = v."patientId" AND o.id <> v.id AND o.status::text = ANY($2::text[])
               AND o."startsAt" < v."endsAt" AND o."endsAt" > v."startsAt")`,
        [visits.map(({ id }) => id), [...takingTime]],
      )
      const colliding = new Set(rows.map(({ id }) => id))
      return visits.map(({ id }) => colliding.has(id))
    },
    { cacheKeyFn: ({ id }) => id },
  )
