import { type StaffRole, staffRoles } from '@vardgraf/viewer'
import { z } from 'zod'
import type { Claims } from './jwt.js'
import type { VerifiedPatient } from './principals.js'

/** Identity proven at level of assurance 3, which e-ID (e-legitimation) gives. [R28] */
const sufficientAssurance = ['http://id.elegnamnden.se/loa/1.0/loa3', 'http://id.elegnamnden.se/loa/1.0/loa4'] as const

const twelveDigits = z.string().regex(/^\d{12}$/)
/** One of the two numbers of the claims specification, and the one before it; whether they are a person's is for the patients service to say. */
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

/** null when the claims are not whole, or the identity is not proven well enough. [R28] */
export function claimedBy(payload: Claims): Claimed | null {
  const common = commonClaims.safeParse(payload)
  if (!common.success) return null
  const { exp: expiresAt, acr } = common.data
  // A login of staff that is not whole never becomes that of a patient.
  if ('employeeHsaId' in payload) {
    const staff = staffClaims.safeParse(payload)
    if (!staff.success) return null
    const { employeeHsaId: staffId, healthCareUnitHsaId: unitId, role } = staff.data
    return { kind: 'STAFF', staffId, unitId, role, expiresAt }
  }
  const patient = patientClaims.safeParse(payload)
  return patient.success ? { kind: 'PATIENT', patient: { ...patient.data, levelOfAssurance: acr }, expiresAt } : null
}
