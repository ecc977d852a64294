import { type Db, fromDate, type Tx } from '../database.js'
import { digitsOf, personOf, type ToldNumbers } from '../identity-number/rules.js'
import { addNumbers, type HeldNumber, heldNumbers, lockNumbers, untilNumbersHold } from '../identity-number/store.js'

export interface VerifiedPerson extends ToldNumbers {
  givenName?: string | undefined
  familyName?: string | undefined
}

/** Who logs in; `twoPersons` where she was registered twice before anybody told that both numbers are hers. */
export interface Found {
  personId: string
  twoPersons?: string[]
}

/**
 * The id of the person who has or had this number; registers her when she is new, adds numbers that the login tells anew, and takes over
 * names that the e-ID tells anew beside her current number. First logins at once, also by the old and by the new number, get the same
 * id. Of two who were registered apart it is the person of the number that logs in. [R28]
 * @throws RangeError where that number is new, and the earlier ones are two persons'.
 */
export async function findOrRegister(db: Db, person: VerifiedPerson, at: Date): Promise<Found> {
  const held = await heldNumbers(db, person)
  const known = held.length === digitsOf(person).length
  const found = known ? whose(held, person) : null
  const { personId, twoPersons } = found ?? (await untilNumbersHold(() => db.$transaction((tx) => register(tx, person, at))))
  const current = held.find(({ number }) => number === person.current.digits)
  // The e-ID of an earlier number tells what was so when it was issued.
  if (!current || current.validUntil === null) await takeOverNames(db, personId, person)
  return { personId, ...(twoPersons && { twoPersons }) }
}

/** Null: somebody new. */
function whose(held: readonly HeldNumber[], { current }: VerifiedPerson): Found | null {
  const found = personOf(held)
  if (!('twoPersons' in found)) return found.personId === null ? null : { personId: found.personId }
  const own = held.find(({ number }) => number === current.digits)
  if (!own) throw new RangeError('NUMBERS_OF_TWO_PERSONS')
  return { personId: own.personId, ...found }
}

async function register(tx: Tx, person: VerifiedPerson, at: Date): Promise<Found> {
  await lockNumbers(tx, person)
  const found = whose(await heldNumbers(tx, person), person)
  if (found?.twoPersons) return found
  const personId = found?.personId ?? crypto.randomUUID()
  if (!found) {
    const birthDate = fromDate(person.current.birthDate)
    await tx.person.create({ data: { id: personId, birthDate, registeredAt: at } })
  }
  await addNumbers(tx, personId, person, at)
  return { personId }
}

async function takeOverNames(db: Db, personId: string, { givenName, familyName }: VerifiedPerson): Promise<void> {
  await db.$executeRaw`
    UPDATE patients.person SET given_name = coalesce(${givenName ?? null}, given_name), family_name = coalesce(${familyName ?? null}, family_name)
    WHERE id = ${personId}::uuid
      AND (given_name IS DISTINCT FROM coalesce(${givenName ?? null}, given_name)
        OR family_name IS DISTINCT FROM coalesce(${familyName ?? null}, family_name))`
}
