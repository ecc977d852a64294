import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'

// Written against node:crypto instead of jose, whose WebCrypto costs twice the CPU for each new token; a test compares the two on
// thousands of good and mangled tokens.

/** Asymmetric only: with HS256 in the list a token could be "signed" with the issuer's public key. */
const algorithms = {
  ES256: { type: 'ec', verify: (data, key, signature) => verify('sha256', data, key, derOf(signature)) },
  RS256: { type: 'rsa', verify: (data, key, signature) => verify('sha256', data, key, signature) },
  PS256: {
    type: 'rsa',
    verify: (data, key, signature) =>
      verify(
        'sha256',
        data,
        { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
        signature,
      ),
  },
} satisfies Record<string, { type: string; verify(data: Buffer, key: KeyObject, signature: Buffer): boolean }>
export type Algorithm = keyof typeof algorithms

/** A key that was found fit for an algorithm. */
export interface VerificationKey {
  alg: Algorithm
  key: KeyObject
}

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
  /** Longest time from when a token was issued until it ends. */
  maxSeconds: number
}

/** An invalid token; `reason` is for tests and debugging only. */
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

/** The key for this algorithm; null when it is of another kind, curve or length than the algorithm wants. */
export function verificationKey(key: KeyObject, alg: Algorithm): VerificationKey | null {
  const { type } = algorithms[alg]
  if (key.asymmetricKeyType !== type) return null
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  const fits = type === 'ec' ? namedCurve === 'prime256v1' : modulusLength >= minRsaBits
  return fits ? { alg, key } : null
}

/** The claims, once the signature, issuer, audience and times are right.
 *  @throws InvalidToken */
export function verifiedClaims(
  parts: Parts,
  { alg, key }: VerificationKey,
  now: Date,
  { issuer, audience, skewSeconds, maxSeconds }: VerificationSettings,
): Claims {
  if (alg !== parts.header.alg) throw new InvalidToken('key of another kind')
  if (!algorithms[alg].verify(Buffer.from(parts.signed), key, parts.signature)) throw new InvalidToken('signature')
  const claims = json(parts.payload)
  const { iss, aud, exp, nbf, iat, sub } = claims
  if (iss !== issuer) throw new InvalidToken('issuer')
  if (aud !== audience && !(Array.isArray(aud) && aud.includes(audience))) throw new InvalidToken('audience')
  const seconds = Math.floor(now.getTime() / 1_000)
  if (typeof exp !== 'number' || exp <= seconds - skewSeconds) throw new InvalidToken('expired')
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > seconds + skewSeconds)) throw new InvalidToken('not valid yet')
  if (typeof iat !== 'number') throw new InvalidToken('iat')
  // One that says it was issued later than now counts from now, or it could end when it likes.
  if (exp - Math.min(iat, seconds) > maxSeconds) throw new InvalidToken('lives too long')
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

/** An ES256 signature is two numbers of 32 bytes; OpenSSL reads them as ASN.1. (Node converts too, but far more slowly.) */
function derOf(signature: Buffer): Buffer {
  if (signature.length !== 64) throw new InvalidToken('signature')
  const [r, s] = [derInteger(signature.subarray(0, 32)), derInteger(signature.subarray(32))]
  return Buffer.concat([Buffer.from([0x30, r.length + s.length]), r, s])
}

function derInteger(bytes: Buffer): Buffer {
  let start = 0
  while (start < 31 && bytes[start] === 0) start += 1
  const digits = bytes.subarray(start)
  // A leading 1 bit would make it negative.
  const pad = (digits[0] ?? 0) >= 0x80 ? [0] : []
  return Buffer.concat([Buffer.from([0x02, digits.length + pad.length, ...pad]), digits])
}
