import { z } from 'zod'
import { hsaId } from '../care-unit/rules.js'
import { type Db, fromDate, type Tx } from '../database.js'
import { CareUnitKind, StaffRole } from '../generated/prisma/enums.js'
import { type PersonalIdentityNumber, parsePersonalIdentityNumber, personOf } from '../identity-number/rules.js'
import { addNumbers, heldNumbers, untilNumbersHold } from '../identity-number/store.js'

const date = z.iso.date()
const address = { street: z.string().nullable(), postalCode: z.string().nullable(), city: z.string().nullable() }

const unitShape = z.object({
  hsaId,
  name: z.string().min(1),
  kind: z.enum(CareUnitKind),
  region: z.string().min(1),
  selfBooking: z.boolean(),
  phone: z.string().min(1),
  ...address,
  url: z.url(),
})
const personShape = z
  .object({
    id: z.uuid(),
    /** The one that she has now. */
    personalIdentityNumber: z.string(),
    /** Those that she had before it: a co-ordination number, as a rule. */
    earlierNumbers: z
      .array(z.string().refine((number) => parsePersonalIdentityNumber(number) !== null))
      .max(20)
      .default([]),
    givenName: z.string().min(1),
    familyName: z.string().min(1),
    birthDate: date,
    protectedIdentity: z.boolean(),
    phone: z.string().nullable(),
    ...address,
    /** Where she is registered as a resident; null: that of the unit where she is listed. */
    region: z.string().min(1).nullable(),
    listedUnitId: hsaId.nullable(),
  })
  .refine(
    ({ personalIdentityNumber, birthDate }) => parsePersonalIdentityNumber(personalIdentityNumber)?.birthDate === birthDate,
    {
      path: ['personalIdentityNumber'],
      message: 'a personal identity number has 12 digits, a right check digit and the birth date',
    },
  )
const staffShape = z.object({
  hsaId,
  givenName: z.string().min(1),
  familyName: z.string().min(1),
  role: z.enum(StaffRole),
  unitId: hsaId,
})
/** Strict: what an import says of blocks is refused, not passed over. A unit makes and lifts them (`guardian-blocks.ts`). [R20] */
const guardianshipShape = z.strictObject({
  guardianId: z.uuid(),
  childId: z.uuid(),
  validFrom: date,
  validUntil: date.nullable(),
})

/** What the register starts with. Keys beside these are left alone. */
const seedShape = z.object({
  units: z.array(unitShape),
  persons: z.array(personShape),
  guardianships: z.array(guardianshipShape),
  staff: z.array(staffShape),
})
export type SeedData = z.input<typeof seedShape>

/**
 * Puts units, persons, guardianships and staff into the register, all or nothing; what is there already is brought up to date. A person
 * is found by her id and by any number that she has or had: one who has logged in before the register told of her keeps the id of that
 * login, and one whose number has changed stays herself. [R28]
 * @throws ZodError naming each value that is wrong.
 * @throws RangeError where a person's numbers are known as those of two.
 */
export async function upsertRegister(db: Db, data: SeedData, at: Date): Promise<void> {
  const register = seedShape.parse(data)
  await untilNumbersHold(() => db.$transaction((tx) => upsertAll(tx, register, at), { timeout: 60_000 }))
}

async function upsertAll(tx: Tx, { units, persons, guardianships, staff }: z.infer<typeof seedShape>, at: Date) {
  for (const unit of units) await tx.careUnit.upsert({ where: { hsaId: unit.hsaId }, create: unit, update: unit })
  const ids = new Map<string, string>()
  for (const person of persons) ids.set(person.id, await upsertPerson(tx, person, at))
  const idOf = (id: string): string => ids.get(id) ?? id
  for (const row of guardianships)
    await upsertGuardianship(tx, { ...row, guardianId: idOf(row.guardianId), childId: idOf(row.childId) })
  for (const employee of staff) await tx.staff.upsert({ where: { hsaId: employee.hsaId }, create: employee, update: employee })
}

/** Gives the id by which she is known. */
async function upsertPerson(tx: Tx, person: z.infer<typeof personShape>, at: Date): Promise<string> {
  const { id: toldId, personalIdentityNumber, earlierNumbers, birthDate, ...row } = person
  const told = { current: required(personalIdentityNumber), earlier: earlierNumbers.map(required) }
  const byId = await tx.person.findMany({ where: { id: toldId }, select: { id: true } })
  const found = personOf([...byId.map(({ id }) => ({ personId: id })), ...(await heldNumbers(tx, told))])
  if ('twoPersons' in found)
    throw new RangeError(
      `${found.twoPersons.join(' and ')} are two persons with numbers of one: bring their cases together first`,
    )
  const id = found.personId ?? toldId
  const create = { ...row, id, birthDate: fromDate(birthDate), registeredAt: at }
  await tx.person.upsert({ where: { id }, create, update: row })
  await addNumbers(tx, id, told, at)
  return id
}

/** The shape has seen to it that it is one. */
function required(number: string): PersonalIdentityNumber {
  const parsed = parsePersonalIdentityNumber(number)
  if (!parsed) throw new RangeError('not an identity number')
  return parsed
}

async function upsertGuardianship(tx: Tx, row: z.infer<typeof guardianshipShape>): Promise<void> {
  const { validFrom, validUntil, ...pair } = row
  const key = { ...pair, validFrom: fromDate(validFrom) }
  const end = { validUntil: validUntil === null ? null : fromDate(validUntil) }
  await tx.guardianship.upsert({ where: { guardianId_childId_validFrom: key }, create: { ...key, ...end }, update: end })
}
