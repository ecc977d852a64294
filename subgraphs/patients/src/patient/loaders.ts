import { type Db, toDate } from '../database.js'
import type { IdentityNumber, Person, Prisma } from '../generated/prisma/client.js'
import { inKeyOrder } from '../in-key-order.js'

/** Everything but how to reach her: phone and address are read by `contactsById` alone. [A5] */
const columns = {
  id: true,
  givenName: true,
  familyName: true,
  birthDate: true,
  protectedIdentity: true,
  region: true,
  listedUnitId: true,
  listedAt: { select: { region: true } },
  numbers: { select: { number: true, kind: true, validFrom: true, validUntil: true }, orderBy: { validFrom: 'desc' } },
} as const satisfies Prisma.PersonSelect

export interface PersonRow extends Pick<Person, 'id' | 'givenName' | 'familyName' | 'protectedIdentity' | 'listedUnitId'> {
  /** `YYYY-MM-DD` */
  birthDate: string
  /** Where she is registered as a resident, else where she is listed; null until the register has told. */
  region: string | null
  /** The current one first; never none. */
  numbers: Pick<IdentityNumber, 'number' | 'kind' | 'validFrom' | 'validUntil'>[]
}
export type ContactRow = Pick<Person, 'id' | 'phone' | 'street' | 'postalCode' | 'city'>

/** Persons by id; null for one that does not exist. */
export async function personsById(db: Db, ids: readonly string[]): Promise<(PersonRow | null)[]> {
  const rows = await db.person.findMany({ where: { id: { in: [...ids] } }, select: columns })
  return inKeyOrder(
    ids,
    rows.map(({ listedAt, numbers, ...row }) => ({
      ...row,
      birthDate: toDate(row.birthDate),
      region: row.region ?? listedAt?.region ?? null,
      numbers: numbers.toSorted((a, b) => Number(a.validUntil !== null) - Number(b.validUntil !== null)),
    })),
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
