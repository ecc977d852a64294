import { type Algorithm, algorithms, type VerificationKey } from './algorithms.js'

export interface Header {
  alg: Algorithm
  kid: string | undefined
}

export type Claims = Record<string, unknown> & { exp: number; sub?: string }

export interface VerificationSettings {
  issuer: string
  audience: string
  skewSeconds: number
  /** Longest time from when a token was issued until it expires. */
  maxSeconds: number
}

/** An invalid token; the message is for tests and debugging only. */
export class InvalidToken extends Error {}

/** The parts of a token. Only its form and algorithm are checked so far. */
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
  // RFC 7515: a token with a critical extension that is not understood must be refused. We understand none.
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

/** The claims, after the signature, issuer, audience and times are checked.
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
  // An issue time in the future counts as now. Otherwise a token could have any length of life.
  if (exp - Math.min(iat, seconds) > maxSeconds) throw new InvalidToken('lives too long')
  if (sub !== undefined && typeof sub !== 'string') throw new InvalidToken('sub')
  return claims as Claims
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
