import type { Db } from '../database.js'
import type { PersonalIdentityNumber } from '../rules/personal-identity-number.js'

export interface VerifiedPerson {
  number: PersonalIdentityNumber
  givenName?: string | undefined
  familyName?: string | undefined
}

/**
 * The id of the person with this number; registers her when she is new, and takes over names that the e-ID tells anew.
 * One statement: two first logins at once meet in the unique index, and both get the same id. [R28]
 */
export async function findOrRegister(
  db: Db,
  { number, givenName, familyName }: VerifiedPerson,
  region: string,
  at: Date,
): Promise<string> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO patients.person AS p (id, personal_identity_number, given_name, family_name, birth_date, region, registered_at)
    VALUES (${crypto.randomUUID()}::uuid, ${number.digits}, ${givenName ?? null}, ${familyName ?? null}, ${number.birthDate}::date, ${region}, ${at})
    ON CONFLICT (personal_identity_number) DO UPDATE
      SET given_name = COALESCE(EXCLUDED.given_name, p.given_name), family_name = COALESCE(EXCLUDED.family_name, p.family_name)
    RETURNING id`
  const [row] = rows
  if (!row) throw new Error('an upsert gave no row')
  return row.id
}
