import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import type { Staff } from '../generated/prisma/client.js'
import { inKeyOrder } from '../in-key-order.js'

export type StaffRow = Staff

/** Staff by HSA-id; null for one that does not exist. */
export const staffByHsaId = ({ db }: Services) =>
  new DataLoader<string, StaffRow | null>(async (hsaIds) => {
    const rows = await db.staff.findMany({ where: { hsaId: { in: [...hsaIds] } } })
    return inKeyOrder(hsaIds, rows, (row) => row.hsaId)
  })
