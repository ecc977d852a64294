import { createHash } from 'node:crypto'
import { GraphError } from '@vardgraf/errors'
import type { Clock } from '@vardgraf/process'
import { staffRoles, type Viewer } from '@vardgraf/viewer'
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import { request } from 'undici'
import { z } from 'zod'
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

/** Asymmetric only: with HS256 in the list a token could be "signed" with the issuer's public key. */
const algorithms = ['ES256', 'PS256', 'RS256']
const skewSeconds = 30
const maxTokenLength = 8_192

/** Identity proven at level of assurance 3, which e-ID (e-legitimation) gives. [R28] */
const sufficientAssurance = ['http://id.elegnamnden.se/loa/1.0/loa3', 'http://id.elegnamnden.se/loa/1.0/loa4'] as const

const twelveDigits = z.string().regex(/^\d{12}$/)
/** One of the two numbers of the claims specification; whether it is a person's is for the patients service to say. */
const patientClaims = z
  .object({
    'https://id.oidc.se/claim/personalIdentityNumber': twelveDigits.optional(),
    'https://id.oidc.se/claim/coordinationNumber': twelveDigits.optional(),
    given_name: z.string().optional(),
    family_name: z.string().optional(),
  })
  .transform(({ given_name, family_name, ...numbers }, context) => {
    const number =
      numbers['https://id.oidc.se/claim/personalIdentityNumber'] ?? numbers['https://id.oidc.se/claim/coordinationNumber']
    if (number) return { personalIdentityNumber: number, givenName: given_name, familyName: family_name }
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
  private keys: Promise<JWTVerifyGetKey> | undefined

  constructor(
    private readonly settings: IssuerSettings,
    private readonly clock: Clock,
    /** null: the token's subject is the person's id. */
    private readonly principals: Principals | null,
  ) {}

  async viewer(authorization: string | undefined): Promise<Viewer> {
    if (authorization === undefined) return anonymous
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1]
    if (!token || token.length > maxTokenLength) throw new GraphError('UNAUTHENTICATED')
    // By hash: what is in memory is of no use to who reads it.
    const hash = createHash('sha256').update(token).digest('base64')
    const known = this.verified.get(hash)
    const now = this.clock.now()
    if (known && known.expiresAt + skewSeconds > now.getTime() / 1000) return known.viewer
    const payload = await this.verify(token, now)
    const { viewer, expiresAt } = await this.viewerOf(payload)
    this.verified.set(hash, { viewer, expiresAt })
    return viewer
  }

  private async verify(token: string, now: Date): Promise<JWTPayload> {
    const keys = await this.issuerKeys()
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms,
        issuer: this.settings.issuer,
        audience: this.settings.audience,
        currentDate: now,
        clockTolerance: skewSeconds,
        requiredClaims: ['exp', 'iat'],
      })
      return payload
    } catch (error) {
      if (issuerFailed(error)) throw new LoginUnavailable(String(error), { cause: error })
      throw new GraphError('UNAUTHENTICATED')
    }
  }

  private async viewerOf(payload: JWTPayload): Promise<Known> {
    const common = commonClaims.safeParse(payload)
    if (!common.success) throw new GraphError('UNAUTHENTICATED')
    const expiresAt = common.data.exp
    const staff = staffClaims.safeParse(payload)
    if (staff.success) {
      const { employeeHsaId: staffId, healthCareUnitHsaId: unitId, role } = staff.data
      return { viewer: { kind: 'STAFF', staffId, unitId, role, sessionExpiresAt: expiresAt }, expiresAt }
    }
    const patient = patientClaims.safeParse(payload)
    if (!patient.success) throw new GraphError('UNAUTHENTICATED')
    const personId = await this.personId(payload, { ...patient.data, levelOfAssurance: common.data.acr })
    return { viewer: { kind: 'PATIENT', personId, sessionExpiresAt: expiresAt }, expiresAt }
  }

  private async personId({ sub }: JWTPayload, patient: VerifiedPatient): Promise<string> {
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

  /** The issuer's keys by discovery; found once, asked anew (with a cooldown) when a token names a key that is not known. */
  private issuerKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= discover(this.settings).catch((error: unknown) => {
      this.keys = undefined
      throw new LoginUnavailable(`the issuer ${this.settings.issuer} cannot be asked`, { cause: error })
    })
    return this.keys
  }
}

async function discover({ issuer, keyCooldownMs }: IssuerSettings): Promise<JWTVerifyGetKey> {
  const { statusCode, body } = await request(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    headersTimeout: 5_000,
    bodyTimeout: 5_000,
  })
  if (statusCode !== 200) {
    await body.dump()
    throw new Error(`discovery answered ${statusCode}`)
  }
  const document = z.object({ issuer: z.string(), jwks_uri: z.url() }).parse(await body.json())
  if (document.issuer !== issuer) throw new Error(`the issuer calls itself ${document.issuer}`)
  return createRemoteJWKSet(new URL(document.jwks_uri), { cooldownDuration: keyCooldownMs, timeoutDuration: 5_000 })
}

/** Tells a token that is wrong from keys that could not be fetched. */
function issuerFailed(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true
  // jose's plain JOSEError is "expected 200 OK"; a TypeError comes from fetch.
  return error instanceof TypeError || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC')
}
