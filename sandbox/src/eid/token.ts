import type { Clock } from '@vardgraf/process'
import { SignJWT } from 'jose'
import type { Identity } from './identities.js'
import { type EidKeys, signingAlgorithm } from './keys.js'

/** The audience of the access tokens. */
export const audience = 'vardgraf'
/** How long a login lasts. */
export const sessionSeconds = 30 * 60

/** The claims of an access token about a person, the same for a login and for `/token`. */
export function accessTokenClaims(identity: Identity, now: Date): Record<string, unknown> {
  const iat = Math.floor(now.getTime() / 1000)
  return { ...identity.claims, ...(identity.acr && { acr: identity.acr }), auth_time: iat, iat, exp: iat + sessionSeconds }
}

/** An access token without a login page, for curl, GraphiQL and tests: with the same claims as one from a login. */
export async function directToken(identity: Identity, issuer: string, keys: EidKeys, clock: Clock): Promise<string> {
  const { kid, key } = await keys.signing()
  return new SignJWT(accessTokenClaims(identity, clock.now()))
    .setProtectedHeader({ alg: signingAlgorithm, kid, typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(identity.key)
    .setJti(crypto.randomUUID())
    .sign(key)
}
