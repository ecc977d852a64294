import { type Db, toDate } from '../database.js'
import type { Custody } from '../rules/guardianship.js'

/** One guardian's custody of one child, whether in force or not. */
export interface CustodyRow extends Custody {
  guardianId: string
  childId: string
}

/** Custodies by child, by guardian id and then first day; [] for a child without. */
export const custodiesByChild = (db: Db, childIds: readonly string[]): Promise<CustodyRow[][]> =>
  custodiesBy(db, 'childId', childIds)

/** Custodies by guardian, oldest child first; [] for a person who is nobody's guardian. */
export async function custodiesByGuardian(db: Db, guardianIds: readonly string[]): Promise<CustodyRow[][]> {
  const groups = await custodiesBy(db, 'guardianId', guardianIds)
  return groups.map((rows) => rows.toSorted((a, b) => a.childBirthDate.localeCompare(b.childBirthDate)))
}

async function custodiesBy(db: Db, side: 'childId' | 'guardianId', ids: readonly string[]): Promise<CustodyRow[][]> {
  const found = await db.guardianship.findMany({
    where: { [side]: { in: [...ids] } },
    select: {
      guardianId: true,
      childId: true,
      validFrom: true,
      validUntil: true,
      blockedAt: true,
      child: { select: { birthDate: true } },
    },
    orderBy: [{ guardianId: 'asc' }, { childId: 'asc' }, { validFrom: 'asc' }],
  })
  const rows = found.map(({ guardianId, childId, validFrom, validUntil, blockedAt, child }) => ({
    guardianId,
    childId,
    validFrom: toDate(validFrom),
    validUntil: validUntil && toDate(validUntil),
    blocked: blockedAt !== null,
    childBirthDate: toDate(child.birthDate),
  }))
  const groups = Map.groupBy(rows, (row) => row[side])
  return ids.map((id) => groups.get(id) ?? [])
}
