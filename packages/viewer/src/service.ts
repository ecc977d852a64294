import { type CryptoKey, jwtVerify, SignJWT } from 'jose'
import { keyOf, type SigningKey, serviceOf } from './keys.js'

const TYP = 'vardgraf-service+jwt'
const LIFETIME_SECONDS = 15
/** Clocks of two machines may differ by this much. */
const SKEW_SECONDS = 5
/** The one process whose internal endpoints a token is for. */
const audienceOf = (service: string): string => `vardgraf-internal:${service}`

/** Signs a call from one of our processes to the internal endpoints of exactly one other. */
export async function signService(target: string, key: SigningKey, now: Date): Promise<string> {
  const iat = Math.floor(now.getTime() / 1000)
  return new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: TYP })
    .setAudience(audienceOf(target))
    .setIssuedAt(iat)
    .setExpirationTime(iat + LIFETIME_SECONDS)
    .sign(key.key)
}

/** The calling service's name.
 *  @param self the process that was called
 *  @throws Error unless a trusted process signed the token for this one, within its lifetime. */
export async function verifyService(
  token: string,
  self: string,
  trusted: ReadonlyMap<string, CryptoKey>,
  now: Date,
): Promise<string> {
  const { protectedHeader } = await jwtVerify(
    token,
    keyOf(trusted, () => true),
    {
      algorithms: ['EdDSA'],
      audience: audienceOf(self),
      typ: TYP,
      currentDate: now,
      clockTolerance: SKEW_SECONDS,
      requiredClaims: ['exp', 'iat'],
    },
  )
  return serviceOf(protectedHeader.kid ?? '')
}
