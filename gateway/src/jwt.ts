import { createPublicKey, type KeyObject, verify } from 'node:crypto'

// Written against node:crypto instead of jose, whose WebCrypto costs twice the CPU for each new token; a test compares the two on
// thousands of good and mangled tokens.

/** Asymmetric only: with HS256 in the list a token could be "signed" with the issuer's public key. */
const algorithms = {
  ES256: { type: 'ec', hash: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
  RS256: { type: 'rsa', hash: 'sha256', options: {} },
  // 6: RSA-PSS; -1: salt as long as the digest.
  PS256: { type: 'rsa', hash: 'sha256', options: { padding: 6, saltLength: -1 } },
} as const
export type Algorithm = keyof typeof algorithms

const minRsaBits = 2_048

export interface Header {
  alg: Algorithm
  kid: string | undefined
}

export type Claims = Record<string, unknown> & { exp: number; sub?: string }

export interface VerificationSettings {
  issuer: string
  audience: string
  skewSeconds: number
}

/** A token that does not do; `reason` is for tests and debugging only. */
export class InvalidToken extends Error {}

/** A token taken apart, with nothing verified yet but its form and algorithm. */
export interface Parts {
  header: Header
  signed: string
  payload: string
  signature: Buffer
}

/** @throws InvalidToken */
export function parseToken(token: string): Parts {
  const [head, payload, signature, more] = token.split('.')
  if (!head || !payload || !signature || more !== undefined) throw new InvalidToken('not three parts')
  const header = json(head)
  const { alg, kid, typ } = header
  if (typeof alg !== 'string' || !Object.hasOwn(algorithms, alg)) throw new InvalidToken('algorithm')
  if (kid !== undefined && typeof kid !== 'string') throw new InvalidToken('kid')
  // A critical extension must be understood, and none is.
  if ('crit' in header) throw new InvalidToken('crit')
  if (typ !== undefined && !(typeof typ === 'string' && /^((application\/)?at\+jwt|jwt)$/i.test(typ)))
    throw new InvalidToken('typ')
  return {
    header: { alg: alg as Algorithm, kid },
    signed: token.slice(0, token.lastIndexOf('.')),
    payload,
    signature: Buffer.from(signature, 'base64url'),
  }
}

/** Whether a key may verify this algorithm: its own kind, curve and length. */
export function fits(key: KeyObject, alg: Algorithm): boolean {
  const { type } = algorithms[alg]
  if (key.asymmetricKeyType !== type) return false
  if (type === 'ec') return key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= minRsaBits
}

/** The claims, once the signature, issuer, audience and times are right.
 *  @throws InvalidToken */
export function verifiedClaims(
  parts: Parts,
  key: KeyObject,
  now: Date,
  { issuer, audience, skewSeconds }: VerificationSettings,
): Claims {
  const { hash, options } = algorithms[parts.header.alg]
  if (!fits(key, parts.header.alg)) throw new InvalidToken('key of another kind')
  if (!verify(hash, Buffer.from(parts.signed), { key, ...options }, parts.signature)) throw new InvalidToken('signature')
  const claims = json(parts.payload)
  const { iss, aud, exp, nbf, iat, sub } = claims
  if (iss !== issuer) throw new InvalidToken('issuer')
  if (aud !== audience && !(Array.isArray(aud) && aud.includes(audience))) throw new InvalidToken('audience')
  const seconds = Math.floor(now.getTime() / 1_000)
  if (typeof exp !== 'number' || exp <= seconds - skewSeconds) throw new InvalidToken('expired')
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > seconds + skewSeconds)) throw new InvalidToken('not valid yet')
  if (typeof iat !== 'number') throw new InvalidToken('iat')
  if (sub !== undefined && typeof sub !== 'string') throw new InvalidToken('sub')
  return claims as Claims
}

/** A public key of a JWKS, or null when it is not one for signatures that we know. */
export function publicKeyOf(
  jwk: Record<string, unknown>,
): { kid: string | undefined; alg: string | undefined; key: KeyObject } | null {
  const { kid, alg, use, kty } = jwk
  if ((kty !== 'EC' && kty !== 'RSA') || (use !== undefined && use !== 'sig')) return null
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return { kid: typeof kid === 'string' ? kid : undefined, alg: typeof alg === 'string' ? alg : undefined, key }
  } catch {
    return null
  }
}

function json(part: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(Buffer.from(part, 'base64url')))
  } catch {
    throw new InvalidToken('not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InvalidToken('not an object')
  return value as Record<string, unknown>
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
