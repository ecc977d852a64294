import DataLoader from 'dataloader'
import type { Db } from '../database.js'
import type { CareCase } from '../generated/prisma/client.js'
import { endedWithUnit, inHandStatuses, ongoingStatuses } from './rules.js'

/** A page of one patient's cases, the latest first. */
export interface CasesKey {
  patientId: string
  limit: number
  /** Behind this case. */
  after: { openedAt: Date; id: string } | null
  /** Only cases that this unit handles, ongoing or ended since an instant. */
  handledBy: { unitId: string; closedSince: Date } | null
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

export type CaseLoaders = ReturnType<typeof caseLoaders>

/** One set a request. */
export function caseLoaders(db: Db) {
  const caseById = new DataLoader<string, CareCase | null>(async (ids) => {
    const rows = new Map((await db.careCase.findMany({ where: { id: { in: [...ids] } } })).map((row) => [row.id, row]))
    return ids.map((id) => rows.get(id) ?? null)
  })
  return {
    caseById,
    /** One statement for all patients of a turn. */
    casesOfPatient: new DataLoader<CasesKey, CareCase[], string>((keys) => pages(db, keys), {
      cacheKeyFn: (key) => JSON.stringify(key),
    }),
    /** A viewer has one unit, so this is asked once a request. */
    casesInHand: new DataLoader<InHandKey, CareCase[], string>((keys) => Promise.all(keys.map((key) => inHand(db, key))), {
      cacheKeyFn: (key) => JSON.stringify(key),
    }),
    /** After a change: what the rest of the request sees of the case. */
    remember: (row: CareCase): CareCase => {
      caseById.clear(row.id).prime(row.id, row)
      return row
    },
  }
}

async function pages(db: Db, keys: readonly CasesKey[]): Promise<CareCase[][]> {
  const found = await db.$queryRaw<{ place: bigint; id: string }[]>`
    SELECT k.place, c.id
    FROM unnest(
      ${keys.map((k) => k.patientId)}::uuid[], ${keys.map((k) => k.limit)}::int[],
      ${keys.map((k) => k.after?.openedAt ?? null)}::timestamptz[], ${keys.map((k) => k.after?.id ?? null)}::uuid[],
      ${keys.map((k) => k.handledBy?.unitId ?? null)}::text[], ${keys.map((k) => k.handledBy?.closedSince ?? null)}::timestamptz[]
    ) WITH ORDINALITY AS k(patient_id, page, after_at, after_id, unit_id, closed_since, place)
    CROSS JOIN LATERAL (
      SELECT id FROM messaging.care_case
      WHERE patient_id = k.patient_id
        AND (k.after_id IS NULL OR (opened_at, id) < (k.after_at, k.after_id))
        AND (k.unit_id IS NULL OR (responder_unit_id = k.unit_id
          AND (status::text = ANY(${[...ongoingStatuses]}::text[]) OR (status::text = ANY(${[...endedWithUnit]}::text[]) AND closed_at >= k.closed_since))))
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
