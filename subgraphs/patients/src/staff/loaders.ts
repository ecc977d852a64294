import type { Db } from '../database.js'
import type { Staff } from '../generated/prisma/client.js'
import { inKeyOrder } from '../in-key-order.js'

export type StaffRow = Staff

/** Staff by HSA-id; null for one that does not exist. */
export async function staffByHsaId(db: Db, hsaIds: readonly string[]): Promise<(StaffRow | null)[]> {
  const rows = await db.staff.findMany({ where: { hsaId: { in: [...hsaIds] } } })
  return inKeyOrder(hsaIds, rows, (row) => row.hsaId)
}
