import type { Platform } from '@vardgraf/service'
import DataLoader from 'dataloader'
import type { VisitRow } from '../database.js'

/** Which visits, and how many; all lists are in order of `startsAt`, then id. */
export interface PageWish {
  /** Only those of this unit. */
  unitId?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
  /** Leaves out visits that were cancelled before this instant. */
  notCancelledBefore?: Date | undefined
  after?: { startsAt: Date; id: string } | undefined
  limit: number
}

/** What a list belongs to. */
export type PageOf = 'patientId' | 'unitId' | 'caseId'

/** Pages of visits of many patients, units or cases: one statement for all that ask for the same page. */
export interface Pages {
  /** Earliest first; [] where there is none. */
  of(owner: PageOf, key: string, wish: PageWish): Promise<VisitRow[]>
}

export function visitPages(pool: Platform['pool']): Pages {
  const loaders = new Map<string, DataLoader<string, VisitRow[]>>()
  return {
    of: (owner, key, wish) => {
      const same = JSON.stringify([owner, wish])
      const loader = loaders.get(same) ?? new DataLoader((keys) => readPages(pool, owner, keys, wish))
      loaders.set(same, loader)
      return loader.load(key)
    },
  }
}

async function readPages(pool: Platform['pool'], owner: PageOf, keys: readonly string[], wish: PageWish): Promise<VisitRow[][]> {
  const { rows } = await pool.query<VisitRow & { pageOf: string }>(
    `SELECT page_of AS "pageOf", v.*
       FROM unnest($1::${owner === 'unitId' ? 'text' : 'uuid'}[]) AS page_of
      CROSS JOIN LATERAL (
        SELECT * FROM visits.visit v
         WHERE v."${owner}" = page_of
           AND ($2::text IS NULL OR v."unitId" = $2)
           AND ($3::timestamptz IS NULL OR v."startsAt" >= $3)
           AND ($4::timestamptz IS NULL OR v."startsAt" < $4)
           AND ($5::timestamptz IS NULL OR v."status" <> 'CANCELLED' OR v."cancelledAt" >= $5)
           AND ($6::timestamptz IS NULL OR (v."startsAt", v.id) > ($6, $7::uuid))
         ORDER BY v."startsAt", v.id
         LIMIT $8) v
      ORDER BY v."startsAt", v.id`,
    [
      [...keys],
      wish.unitId ?? null,
      wish.from ?? null,
      wish.to ?? null,
      wish.notCancelledBefore ?? null,
      wish.after?.startsAt ?? null,
      wish.after?.id ?? null,
      wish.limit,
    ],
  )
  const pages = Map.groupBy(rows, (row) => row.pageOf)
  return keys.map((key) => pages.get(key) ?? [])
}
