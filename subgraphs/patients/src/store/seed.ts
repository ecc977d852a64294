import { z } from 'zod'
import { type Db, fromDate, type Tx } from '../database.js'
import { CareUnitKind, StaffRole } from '../generated/prisma/enums.js'
import { parsePersonalIdentityNumber } from '../rules/personal-identity-number.js'

/** `SE<organisation number>-<suffix>` */
export const hsaId = z.string().regex(/^SE\d{10}-[A-Z0-9]+$/, 'an HSA-id is SE<organisation number>-<suffix>')
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
    personalIdentityNumber: z.string(),
    givenName: z.string().min(1),
    familyName: z.string().min(1),
    birthDate: date,
    protectedIdentity: z.boolean(),
    phone: z.string().nullable(),
    ...address,
    region: z.string().min(1),
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
 * Puts units, persons, guardianships and staff into the register, all or nothing; what is there already by id is brought up to date.
 * @throws ZodError naming each value that is wrong.
 */
export async function upsertRegister(db: Db, data: SeedData, at: Date): Promise<void> {
  const { units, persons, guardianships, staff } = seedShape.parse(data)
  await db.$transaction(
    async (tx) => {
      for (const unit of units) await tx.careUnit.upsert({ where: { hsaId: unit.hsaId }, create: unit, update: unit })
      for (const person of persons) await upsertPerson(tx, person, at)
      for (const guardianship of guardianships) await upsertGuardianship(tx, guardianship)
      for (const employee of staff)
        await tx.staff.upsert({ where: { hsaId: employee.hsaId }, create: employee, update: employee })
    },
    { timeout: 60_000 },
  )
}

async function upsertPerson(tx: Tx, person: z.infer<typeof personShape>, registeredAt: Date): Promise<void> {
  const row = { ...person, birthDate: fromDate(person.birthDate) }
  await tx.person.upsert({ where: { id: person.id }, create: { ...row, registeredAt }, update: row })
}

async function upsertGuardianship(tx: Tx, row: z.infer<typeof guardianshipShape>): Promise<void> {
  const { validFrom, validUntil, ...pair } = row
  const key = { ...pair, validFrom: fromDate(validFrom) }
  const end = { validUntil: validUntil === null ? null : fromDate(validUntil) }
  await tx.guardianship.upsert({ where: { guardianId_childId_validFrom: key }, create: { ...key, ...end }, update: end })
}
