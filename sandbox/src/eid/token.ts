import type { Clock } from '@vardgraf/process'
import { SignJWT } from 'jose'
import type { Identity } from './identities.js'
import { type EidKeys, signingAlgorithm } from './keys.js'

/** Who the access tokens are for. */
export const audience = 'vardgraf'
/** How long a login lasts. */
export const sessionSeconds = 30 * 60

/** What an access token says about a person, whichever way it was asked for. */
export function accessTokenClaims(identity: Identity, now: Date): Record<string, unknown> {
  const iat = Math.floor(now.getTime() / 1000)
  return { ...identity.claims, ...(identity.acr && { acr: identity.acr }), auth_time: iat, iat, exp: iat + sessionSeconds }
}

/** An access token without a login page, for curl, GraphiQL and tests: like those from the login in every claim that counts. */
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
