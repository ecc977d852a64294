import { type StaffRole, staffRoles } from '@vardgraf/viewer'
import { z } from 'zod'
import type { Claims } from './jwt.js'
import type { VerifiedPatient } from './principals.js'

/** Identity proven at level of assurance 3, which e-ID (e-legitimation) gives. [R28] */
const sufficientAssurance = ['http://id.elegnamnden.se/loa/1.0/loa3', 'http://id.elegnamnden.se/loa/1.0/loa4'] as const

const twelveDigits = z.string().regex(/^\d{12}$/)
/**
 * A personal identity number or a co-ordination number, and the co-ordination number before it. The patients service decides whether
 * they belong to a person.
 */
const patientClaims = z
  .object({
    'https://id.oidc.se/claim/personalIdentityNumber': twelveDigits.optional(),
    'https://id.oidc.se/claim/coordinationNumber': twelveDigits.optional(),
    'https://id.oidc.se/claim/previousCoordinationNumber': twelveDigits.optional(),
    given_name: z.string().optional(),
    family_name: z.string().optional(),
  })
  .transform(({ given_name, family_name, ...numbers }, context) => {
    const number =
      numbers['https://id.oidc.se/claim/personalIdentityNumber'] ?? numbers['https://id.oidc.se/claim/coordinationNumber']
    const previousCoordinationNumber = numbers['https://id.oidc.se/claim/previousCoordinationNumber']
    if (number)
      return { personalIdentityNumber: number, previousCoordinationNumber, givenName: given_name, familyName: family_name }
    context.addIssue({ code: 'custom', message: 'no identity number' })
    return z.NEVER
  })
const staffClaims = z.object({
  employeeHsaId: z.string().min(1),
  healthCareUnitHsaId: z.string().min(1),
  role: z.enum(staffRoles),
})
const commonClaims = z.object({ exp: z.number(), acr: z.enum(sufficientAssurance) })

/** What the claims of a verified token say about its user. `expiresAt` is in epoch seconds. */
export type Claimed =
  | { kind: 'STAFF'; staffId: string; unitId: string; role: StaffRole; expiresAt: number }
  | { kind: 'PATIENT'; patient: VerifiedPatient; expiresAt: number }

/** null when a claim is missing or invalid, or the level of assurance is too low. [R28] */
export function claimedBy(payload: Claims): Claimed | null {
  const common = commonClaims.safeParse(payload)
  if (!common.success) return null
  const { exp: expiresAt, acr } = common.data
  // An incomplete staff login must not become a patient's.
  if ('employeeHsaId' in payload) {
    const staff = staffClaims.safeParse(payload)
    if (!staff.success) return null
    const { employeeHsaId: staffId, healthCareUnitHsaId: unitId, role } = staff.data
    return { kind: 'STAFF', staffId, unitId, role, expiresAt }
  }
  const patient = patientClaims.safeParse(payload)
  return patient.success ? { kind: 'PATIENT', patient: { ...patient.data, levelOfAssurance: acr }, expiresAt } : null
}
