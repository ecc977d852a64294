import { createHash } from 'node:crypto'
import { GraphError } from '@vardgraf/errors'
import type { Clock } from '@vardgraf/process'
import { staffRoles, type Viewer } from '@vardgraf/viewer'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { IssuerKeys } from './issuer-keys.js'
import { type Claims, type Header, InvalidToken, parseToken, type VerificationKey, verifiedClaims } from './jwt.js'
import type { Principals, VerifiedPatient } from './principals.js'

/** Says who asks. */
export interface Authenticator {
  /** ANONYMOUS without a token; a token that does not do is never taken for none.
   *  @throws GraphError UNAUTHENTICATED when the token does not do
   *  @throws LoginUnavailable when it cannot be told now */
  viewer(authorization: string | undefined): Promise<Viewer>
}

export const anonymous: Viewer = { kind: 'ANONYMOUS' }

/** The issuer or the patients service could not be asked. */
export class LoginUnavailable extends Error {}

export interface IssuerSettings {
  issuer: string
  audience: string
  /** Shortest time between two fetches of the issuer's keys for a key id that is not known. */
  keyCooldownMs: number
}

const skewSeconds = 30
const maxTokenLength = 8_192

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

interface Known {
  viewer: Viewer
  expiresAt: number
}

/** Verifies access tokens of one OpenID Connect issuer. */
export class OidcAuthenticator implements Authenticator {
  private readonly verified = new LRUCache<string, Known>({ max: 10_000 })
  private readonly keys: IssuerKeys

  constructor(
    private readonly settings: IssuerSettings,
    private readonly clock: Clock,
    /** null: the token's subject is the person's id. */
    private readonly principals: Principals | null,
  ) {
    this.keys = new IssuerKeys(settings.issuer, settings.keyCooldownMs)
  }

  async viewer(authorization: string | undefined): Promise<Viewer> {
    if (authorization === undefined) return anonymous
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1]
    if (!token || token.length > maxTokenLength) throw new GraphError('UNAUTHENTICATED')
    // By hash: what is in memory is of no use to who reads it.
    const hash = createHash('sha256').update(token).digest('base64')
    const known = this.verified.get(hash)
    const now = this.clock.now()
    if (known && known.expiresAt + skewSeconds > now.getTime() / 1000) return known.viewer
    const { viewer, expiresAt } = await this.viewerOf(await this.verify(token, now))
    this.verified.set(hash, { viewer, expiresAt })
    return viewer
  }

  private async verify(token: string, now: Date): Promise<Claims> {
    try {
      const parts = parseToken(token)
      const key = await this.issuerKey(parts.header)
      return verifiedClaims(parts, key, now, { issuer: this.settings.issuer, audience: this.settings.audience, skewSeconds })
    } catch (error) {
      throw error instanceof InvalidToken ? new GraphError('UNAUTHENTICATED') : error
    }
  }

  private async issuerKey(header: Header): Promise<VerificationKey> {
    try {
      return await this.keys.keyOf(header)
    } catch (error) {
      if (error instanceof InvalidToken) throw error
      throw new LoginUnavailable(`the issuer ${this.settings.issuer} cannot be asked`, { cause: error })
    }
  }

  private async viewerOf(payload: Claims): Promise<Known> {
    const common = commonClaims.safeParse(payload)
    if (!common.success) throw new GraphError('UNAUTHENTICATED')
    const expiresAt = common.data.exp
    // A login of staff that is not whole never becomes that of a patient.
    if ('employeeHsaId' in payload) {
      const staff = staffClaims.safeParse(payload)
      if (!staff.success) throw new GraphError('UNAUTHENTICATED')
      const { employeeHsaId: staffId, healthCareUnitHsaId: unitId, role } = staff.data
      return { viewer: { kind: 'STAFF', staffId, unitId, role, sessionExpiresAt: expiresAt }, expiresAt }
    }
    const patient = patientClaims.safeParse(payload)
    if (!patient.success) throw new GraphError('UNAUTHENTICATED')
    const personId = await this.personId(payload, { ...patient.data, levelOfAssurance: common.data.acr })
    return { viewer: { kind: 'PATIENT', personId, sessionExpiresAt: expiresAt }, expiresAt }
  }

  private async personId({ sub }: Claims, patient: VerifiedPatient): Promise<string> {
    const personId = this.principals ? await this.ask(this.principals, patient) : sub
    if (!personId) throw new GraphError('UNAUTHENTICATED')
    return personId
  }

  private async ask(principals: Principals, patient: VerifiedPatient): Promise<string | null> {
    try {
      return await principals.personId(patient)
    } catch (error) {
      throw new LoginUnavailable('the patients service cannot be asked', { cause: error })
    }
  }
}
