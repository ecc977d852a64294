import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import type { Db } from '../database.js'
import { type CareUnit, Prisma } from '../generated/prisma/client.js'
import type { CareUnitKind } from '../generated/prisma/enums.js'
import { inKeyOrder } from '../in-key-order.js'

export type CareUnitRow = CareUnit

/** Where a unit stands in Swedish order: name, then HSA-id. */
export type UnitPlace = readonly [name: string, hsaId: string]

export interface UnitFilter {
  kind?: CareUnitKind | undefined
  region?: string | undefined
}

export const careUnitByHsaId = ({ db }: Services) =>
  new DataLoader<string, CareUnitRow | null>((hsaIds) => careUnitsByHsaId(db, hsaIds))

/** Units by HSA-id; null for one that does not exist. */
export async function careUnitsByHsaId(db: Db, hsaIds: readonly string[]): Promise<(CareUnitRow | null)[]> {
  const rows = await db.careUnit.findMany({ where: { hsaId: { in: [...hsaIds] } } })
  return inKeyOrder(hsaIds, rows, (row) => row.hsaId)
}

/** At most `limit` units behind a place, by name in Swedish order (Å Ä Ö last): the database’s own order has Ä before Å. */
export function careUnitsBehind(
  db: Db,
  place: UnitPlace | null,
  { kind, region }: UnitFilter,
  limit: number,
): Promise<CareUnitRow[]> {
  const conditions = [
    Prisma.sql`true`,
    ...(kind ? [Prisma.sql`kind = ${kind}::patients.care_unit_kind`] : []),
    ...(region ? [Prisma.sql`region = ${region}`] : []),
    ...(place ? [Prisma.sql`(name COLLATE "sv-x-icu", hsa_id) > (${place[0]} COLLATE "sv-x-icu", ${place[1]})`] : []),
  ]
  return db.$queryRaw<CareUnitRow[]>`
    SELECT hsa_id AS "hsaId", name, kind::text AS kind, region, self_booking AS "selfBooking",
           phone, street, postal_code AS "postalCode", city, url
    FROM patients.care_unit
    WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY name COLLATE "sv-x-icu", hsa_id
    LIMIT ${limit}`
}
