import { type CareRelations, careRelationsSince } from '@vardgraf/policy'
import DataLoader from 'dataloader'
import type { Context, Services } from '../context.js'
import type { Db } from '../database.js'
import { type CareCase, Prisma } from '../generated/prisma/client.js'
import { inHandStatuses } from './rules.js'
import { handledBy } from './sql.js'

/** A page of one patient's cases, the latest first. */
export interface CasesKey {
  patientId: string
  limit: number
  /** Behind this case. */
  after: { openedAt: Date; id: string } | null
  /** Only cases that this unit handles. */
  handledBy: string | null
}

/** A page of the cases that a unit's staff have begun with, the earliest claimed first. */
export interface InHandKey {
  unitId: string
  /** Only those of one employee. */
  assignedToId: string | null
  /** Only those whose patient was told 112 meanwhile. */
  redFlagged: boolean
  limit: number
  after: { assignedAt: Date; id: string } | null
}

/** The case of each id; null where there is none. */
export const caseById = ({ db }: Pick<Services, 'db'>) =>
  new DataLoader<string, CareCase | null>(async (ids) => {
    const rows = new Map((await db.careCase.findMany({ where: { id: { in: [...ids] } } })).map((row) => [row.id, row]))
    return ids.map((id) => rows.get(id) ?? null)
  })

/** After a change: what the rest of the request sees of the case. */
export function remember({ loader }: Pick<Context, 'loader'>, row: CareCase): CareCase {
  loader(caseById).clear(row.id).prime(row.id, row)
  return row
}

/** One statement for all patients of a turn. */
export const casesOfPatient = ({ db, policies, platform: { clock } }: Pick<Services, 'db' | 'policies' | 'platform'>) =>
  new DataLoader<CasesKey, CareCase[], string>((keys) => pages(db, careRelationsSince(policies, clock.now()), keys), {
    cacheKeyFn: (key) => JSON.stringify(key),
  })

/** A viewer has one unit, so this is asked once a request. */
export const casesInHand = ({ db }: Pick<Services, 'db'>) =>
  new DataLoader<InHandKey, CareCase[], string>((keys) => Promise.all(keys.map((key) => inHand(db, key))), {
    cacheKeyFn: (key) => JSON.stringify(key),
  })

async function pages(db: Db, since: CareRelations, keys: readonly CasesKey[]): Promise<CareCase[][]> {
  const found = await db.$queryRaw<{ place: bigint; id: string }[]>`
    SELECT k.place, c.id
    FROM unnest(
      ${keys.map((k) => k.patientId)}::uuid[], ${keys.map((k) => k.limit)}::int[],
      ${keys.map((k) => k.after?.openedAt ?? null)}::timestamptz[], ${keys.map((k) => k.after?.id ?? null)}::uuid[],
      ${keys.map((k) => k.handledBy)}::text[]
    ) WITH ORDINALITY AS k(patient_id, page, after_at, after_id, unit_id, place)
    CROSS JOIN LATERAL (
      SELECT id FROM messaging.care_case c
      WHERE patient_id = k.patient_id
        AND (k.after_id IS NULL OR (opened_at, id) < (k.after_at, k.after_id))
        AND (k.unit_id IS NULL OR ${handledBy(Prisma.sql`k.unit_id`, since)})
      ORDER BY opened_at DESC, id DESC LIMIT k.page) c`
  const rows = await db.careCase.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
  })
  const byPlace = Map.groupBy(found, ({ place }) => Number(place))
  return keys.map((_, index) => {
    const ids = new Set(byPlace.get(index + 1)?.map(({ id }) => id))
    return rows.filter(({ id }) => ids.has(id))
  })
}

function inHand(db: Db, { unitId, assignedToId, redFlagged, limit, after }: InHandKey): Promise<CareCase[]> {
  return db.careCase.findMany({
    where: {
      responderUnitId: unitId,
      status: { in: [...inHandStatuses] },
      ...(assignedToId && { assignedToId }),
      ...(redFlagged && { redFlagAt: { not: null } }),
      ...(after && { OR: [{ assignedAt: { gt: after.assignedAt } }, { assignedAt: after.assignedAt, id: { gt: after.id } }] }),
    },
    orderBy: [{ assignedAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
}
