import { type Db, fromDate, type Tx } from '../database.js'
import { IdentityNumberKind, Prisma } from '../generated/prisma/client.js'
import type { PersonalIdentityNumber } from './rules.js'
import { digitsOf, type ToldNumbers } from './rules.js'

/** A number that is known, and whose. */
export interface HeldNumber {
  number: string
  personId: string
  /** Null while it is her current one. */
  validUntil: Date | null
}

/** Those of the told numbers that are known, current and earlier ones, by number. */
export function heldNumbers(db: Db | Tx, told: ToldNumbers): Promise<HeldNumber[]> {
  return db.identityNumber.findMany({
    where: { number: { in: digitsOf(told) } },
    select: { number: true, personId: true, validUntil: true },
    orderBy: { number: 'asc' },
  })
}

/** One at a time for each of the numbers, in one order for everybody: two logins of one person wait for each other, and never both. */
export async function lockNumbers(tx: Tx, told: ToldNumbers): Promise<void> {
  for (const digits of digitsOf(told))
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('patients.identity_number.' || ${digits}, 0))`
}

/**
 * Makes the told numbers the person's own; the current one takes the place of the one before, and gives her its birth date. Numbers that
 * she has already are left: one that has ended never becomes current again, whoever tells an old state of things. [R28]
 * @throws NumberTaken where one of them has become somebody else's meanwhile.
 */
export async function addNumbers(tx: Tx, personId: string, told: ToldNumbers, at: Date): Promise<void> {
  // One change of a person's numbers at a time.
  await tx.$queryRaw`SELECT 1 FROM patients.person WHERE id = ${personId}::uuid FOR UPDATE`
  const own = await tx.identityNumber.findMany({ where: { personId }, select: { number: true } })
  const isNew = ({ digits }: PersonalIdentityNumber): boolean => own.every(({ number }) => number !== digits)
  for (const number of told.earlier) if (isNew(number)) await add(tx, personId, number, at, at)
  if (!isNew(told.current)) return
  // Clocks differ: the one before may have come by one that is ahead.
  await tx.$executeRaw`
    UPDATE patients.identity_number SET valid_until = greatest(${at}, valid_from) WHERE person_id = ${personId}::uuid AND valid_until IS NULL`
  await add(tx, personId, told.current, at, null)
  await tx.person.update({ where: { id: personId }, data: { birthDate: fromDate(told.current.birthDate) } })
}

async function add(tx: Tx, personId: string, number: PersonalIdentityNumber, validFrom: Date, validUntil: Date | null) {
  const kind = number.coordination ? IdentityNumberKind.COORDINATION_NUMBER : IdentityNumberKind.PERSONAL_IDENTITY_NUMBER
  const data = [{ number: number.digits, personId, kind, validFrom, validUntil }]
  const { count } = await tx.identityNumber.createMany({ data, skipDuplicates: true })
  if (count === 0) throw new NumberTaken()
}

/** Somebody else has written one of the numbers meanwhile. */
class NumberTaken extends Error {}

/** Prisma's code for a transaction that PostgreSQL ended for the sake of another. */
const DEADLOCK = 'P2034'
const MAX_ATTEMPTS = 4

/** Does the work anew when an import and a login met in a number: now it is known whose it is. */
export async function untilNumbersHold<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const met =
        error instanceof NumberTaken || (error instanceof Prisma.PrismaClientKnownRequestError && error.code === DEADLOCK)
      if (!met || attempt === MAX_ATTEMPTS) throw error
    }
  }
}
