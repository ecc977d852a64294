import type { CareRelations } from '@vardgraf/policy'
import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import type { VisitRow } from '../database.js'
import { givesRelationSql, relationColumns } from './sql.js'

/** Which visits, and how many; all lists are in order of `startsAt`, then id. */
export interface PageWish {
  /** Only those of this unit. */
  unitId?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
  /** Only those that give their unit a care relation. */
  givingRelation?: CareRelations | undefined
  after?: { startsAt: Date; id: string } | undefined
  limit: number
}

/** The column by which a list finds its visits. */
const owners = {
  patient: { column: 'patient_id', type: 'uuid' },
  unit: { column: 'unit_id', type: 'text' },
  case: { column: 'case_id', type: 'uuid' },
} as const
export type PageOf = keyof typeof owners

/** Pages of visits of many patients, units or cases: one statement for all that ask for the same page. */
export const visitPages = ({ pool }: Services) => {
  const loaders = new Map<string, DataLoader<string, VisitRow[]>>()
  return {
    /** Earliest first; [] where there is none. */
    of: (owner: PageOf, key: string, wish: PageWish): Promise<VisitRow[]> => {
      const same = JSON.stringify([
        owner,
        { ...wish, givingRelation: wish.givingRelation && relationColumns(wish.givingRelation) },
      ])
      const loader = loaders.get(same) ?? new DataLoader((keys) => readPages(pool, owner, keys, wish))
      loaders.set(same, loader)
      return loader.load(key)
    },
  }
}

async function readPages(pool: Services['pool'], owner: PageOf, keys: readonly string[], wish: PageWish): Promise<VisitRow[][]> {
  const { column, type } = owners[owner]
  const { rows } = await pool.query<VisitRow & { pageOf: string }>(
    `SELECT page_of AS "pageOf", v.*
       FROM unnest($1::${type}[]) AS page_of
      CROSS JOIN LATERAL (
        SELECT v.id, v.patient_id AS "patientId", v.unit_id AS "unitId", v.region, v.case_id AS "caseId", v.starts_at AS "startsAt",
               v.ends_at AS "endsAt", v.channel, v.profession, v.visit_type_code AS "visitTypeCode", v.status,
               v.cancelled_at AS "cancelledAt", v.version, v.booked_by AS "bookedBy", v.booked_by_unit_id AS "bookedByUnitId",
               v.booked_at AS "bookedAt", v.idempotency_key AS "idempotencyKey"
          FROM visits.visit v
         WHERE v.${column} = page_of
           AND ($2::text IS NULL OR v.unit_id = $2)
           AND ($3::timestamptz IS NULL OR v.starts_at >= $3)
           AND ($4::timestamptz IS NULL OR v.starts_at < $4)
           AND ($5::text[] IS NULL OR ${givesRelationSql('v', '$5', '$6', '$7')})
           AND ($8::timestamptz IS NULL OR (v.starts_at, v.id) > ($8, $9::uuid))
         ORDER BY v.starts_at, v.id
         LIMIT $10) v
      ORDER BY "startsAt", id`,
    [
      [...keys],
      wish.unitId ?? null,
      wish.from ?? null,
      wish.to ?? null,
      ...(wish.givingRelation ? relationColumns(wish.givingRelation) : [null, null, null]),
      wish.after?.startsAt ?? null,
      wish.after?.id ?? null,
      wish.limit,
    ],
  )
  const pages = Map.groupBy(rows, (row) => row.pageOf)
  return keys.map((key) => pages.get(key) ?? [])
}
