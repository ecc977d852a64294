import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import { type Db, toDate } from '../database.js'
import type { IdentityNumber, Person, Prisma } from '../generated/prisma/client.js'
import { inKeyOrder } from '../in-key-order.js'
import { regionOf } from './rules.js'

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
  /** Whose policy applies to her; see `regionOf`. */
  region: string | null
  /** The current one first; never none. */
  numbers: Pick<IdentityNumber, 'number' | 'kind' | 'validFrom' | 'validUntil'>[]
}

export const personById = ({ db }: Services) => new DataLoader<string, PersonRow | null>((ids) => personsById(db, ids))

/** Persons by id; null for one that does not exist. */
export async function personsById(db: Db, ids: readonly string[]): Promise<(PersonRow | null)[]> {
  const rows = await db.person.findMany({ where: { id: { in: [...ids] } }, select: columns })
  return inKeyOrder(
    ids,
    rows.map(({ listedAt, numbers, ...row }) => ({
      ...row,
      birthDate: toDate(row.birthDate),
      region: regionOf(row.region, listedAt?.region),
      numbers: numbers.toSorted((a, b) => Number(a.validUntil !== null) - Number(b.validUntil !== null)),
    })),
    (row) => row.id,
  )
}
