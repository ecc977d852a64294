import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'

// Written against node:crypto instead of jose, whose WebCrypto costs twice the CPU for each new token; a test compares the two on
// thousands of good and mangled tokens.

/** Asymmetric only: with HS256 in the list a token could be "signed" with the issuer's public key. */
export const algorithms = {
  ES256: {
    type: 'ec',
    verify: (data, key, signature) => signature.length === 64 && verify('sha256', data, key, derOf(signature)),
  },
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

/** A key that fits its algorithm. */
export interface VerificationKey {
  alg: Algorithm
  key: KeyObject
}

const minRsaBits = 2_048

/** The key for this algorithm; null when it has the wrong kind or curve for the algorithm, or is too short. */
export function verificationKey(key: KeyObject, alg: Algorithm): VerificationKey | null {
  const { type } = algorithms[alg]
  if (key.asymmetricKeyType !== type) return null
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  const fits = type === 'ec' ? namedCurve === 'prime256v1' : modulusLength >= minRsaBits
  return fits ? { alg, key } : null
}

/** A key as the issuer publishes it. */
export interface PublishedKey {
  kid: string | undefined
  alg: string | undefined
  key: KeyObject
}

/** A public key of a JWKS; null when it is not for signatures, or of a kind that we do not verify with. */
export function publicKeyOf(jwk: Record<string, unknown>): PublishedKey | null {
  const { kid, alg, use, kty } = jwk
  if ((kty !== 'EC' && kty !== 'RSA') || (use !== undefined && use !== 'sig')) return null
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return { kid: typeof kid === 'string' ? kid : undefined, alg: typeof alg === 'string' ? alg : undefined, key }
  } catch {
    return null
  }
}

/** An ES256 signature is two numbers of 32 bytes; OpenSSL reads them as ASN.1. Node can convert them too, but far more slowly. */
function derOf(signature: Buffer): Buffer {
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
