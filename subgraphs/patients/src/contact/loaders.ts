import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import type { Db } from '../database.js'
import type { Person } from '../generated/prisma/client.js'
import { inKeyOrder } from '../in-key-order.js'

export type ContactRow = Pick<Person, 'id' | 'phone' | 'street' | 'postalCode' | 'city'>

export const contactById = ({ db }: Services) => new DataLoader<string, ContactRow | null>((ids) => contactsById(db, ids))

/** Phone and address by person; null for one that does not exist, and for one whose identity is protected: hers are not even read. [A5] */
export async function contactsById(db: Db, ids: readonly string[]): Promise<(ContactRow | null)[]> {
  const rows = await db.person.findMany({
    where: { id: { in: [...ids] }, protectedIdentity: false },
    select: { id: true, phone: true, street: true, postalCode: true, city: true },
  })
  return inKeyOrder(ids, rows, (row) => row.id)
}
