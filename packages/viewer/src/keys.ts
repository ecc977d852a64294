import { readFileSync } from 'node:fs'
import { type CryptoKey, importJWK, type JWK, type JWTVerifyGetKey } from 'jose'

/** A process's own Ed25519 signing key. `kid` is `<service>.<anything>`: the part before the first dot names who signs. */
export interface SigningKey {
  kid: string
  service: string
  key: CryptoKey
}

/** Reads a private Ed25519 JWK from JSON text or, with a leading `@`, from a file.
 *  @throws Error when it is not an Ed25519 private key with a kid, or is a sandbox key in production. */
export async function signingKey(value: string): Promise<SigningKey> {
  const jwk = JSON.parse(read(value)) as JWK
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d || !jwk.kid)
    throw new Error('SERVICE_KEY is not a private Ed25519 JWK with a kid')
  refuseSandboxKey(jwk)
  return { kid: jwk.kid, service: serviceOf(jwk.kid), key: (await importJWK(jwk, 'EdDSA', { extractable: true })) as CryptoKey }
}

/** The public keys of every process that is trusted, by kid, from a JWKS as JSON text or `@file`. */
export async function trustedKeys(value: string): Promise<Map<string, CryptoKey>> {
  const { keys } = JSON.parse(read(value)) as { keys: JWK[] }
  const trusted = new Map<string, CryptoKey>()
  for (const jwk of keys) {
    if (!jwk.kid || jwk.crv !== 'Ed25519' || jwk.d) throw new Error('TRUSTED_KEYS must hold public Ed25519 keys with a kid')
    refuseSandboxKey(jwk)
    trusted.set(jwk.kid, (await importJWK(jwk, 'EdDSA')) as CryptoKey)
  }
  return trusted
}

/** Finds the key of a token by kid, and only if the kid belongs to an allowed service. */
export function keyOf(trusted: ReadonlyMap<string, CryptoKey>, allowed: (service: string) => boolean): JWTVerifyGetKey {
  return (header) => {
    const key = header.kid && allowed(serviceOf(header.kid)) ? trusted.get(header.kid) : undefined
    if (!key) throw new Error('unknown key')
    return key
  }
}

export const serviceOf = (kid: string): string => kid.split('.')[0] ?? ''

function refuseSandboxKey(jwk: JWK): void {
  if (process.env.NODE_ENV === 'production' && jwk.kid?.includes('.sandbox'))
    throw new Error(`production does not start with the sandbox key ${jwk.kid}`)
}

function read(value: string): string {
  return value.startsWith('@') ? readFileSync(value.slice(1), 'utf8') : value
}
