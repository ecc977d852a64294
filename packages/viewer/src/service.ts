import { type CryptoKey, jwtVerify, SignJWT } from 'jose'
import { keyOf, type SigningKey, serviceOf } from './keys.js'

const AUDIENCE = 'vardgraf-internal'
const TYP = 'vardgraf-service+jwt'
const LIFETIME_SECONDS = 60

/** Signs a call from one of our processes to another's internal endpoints. */
export async function signService(key: SigningKey, now: Date): Promise<string> {
  const iat = Math.floor(now.getTime() / 1000)
  return new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: TYP })
    .setAudience(AUDIENCE)
    .setIssuedAt(iat)
    .setExpirationTime(iat + LIFETIME_SECONDS)
    .sign(key.key)
}

/** The calling service's name.
 *  @throws Error unless a trusted process signed the token for internal use, lately. */
export async function verifyService(token: string, trusted: ReadonlyMap<string, CryptoKey>, now: Date): Promise<string> {
  const { protectedHeader } = await jwtVerify(
    token,
    keyOf(trusted, () => true),
    {
      algorithms: ['EdDSA'],
      audience: AUDIENCE,
      typ: TYP,
      currentDate: now,
      clockTolerance: 5,
      requiredClaims: ['exp', 'iat'],
    },
  )
  return serviceOf(protectedHeader.kid ?? '')
}
