import { type Db, toDate } from '../database.js'
import type { Person, Prisma } from '../generated/prisma/client.js'
import { inKeyOrder } from './in-key-order.js'

/** Everything but how to reach her: phone and address are read by `contactsById` alone. [A5] */
const columns = {
  id: true,
  personalIdentityNumber: true,
  givenName: true,
  familyName: true,
  birthDate: true,
  protectedIdentity: true,
  region: true,
  listedUnitId: true,
} as const satisfies Prisma.PersonSelect

/** `birthDate` is `YYYY-MM-DD`. */
export type PersonRow = Omit<Pick<Person, keyof typeof columns>, 'birthDate'> & { birthDate: string }
export type ContactRow = Pick<Person, 'id' | 'phone' | 'street' | 'postalCode' | 'city'>

/** Persons by id; null for one that does not exist. */
export async function personsById(db: Db, ids: readonly string[]): Promise<(PersonRow | null)[]> {
  const rows = await db.person.findMany({ where: { id: { in: [...ids] } }, select: columns })
  return inKeyOrder(
    ids,
    rows.map((row) => ({ ...row, birthDate: toDate(row.birthDate) })),
    (row) => row.id,
  )
}

/** Phone and address by person; null for one that does not exist, and for one whose identity is protected: hers are not even read. [A5] */
export async function contactsById(db: Db, ids: readonly string[]): Promise<(ContactRow | null)[]> {
  const rows = await db.person.findMany({
    where: { id: { in: [...ids] }, protectedIdentity: false },
    select: { id: true, phone: true, street: true, postalCode: true, city: true },
  })
  return inKeyOrder(ids, rows, (row) => row.id)
}
