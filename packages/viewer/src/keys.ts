import { readFileSync } from 'node:fs'
import { inProduction, SettingsError } from '@vardgraf/process'
import { type CryptoKey, importJWK, type JWK, type JWTVerifyGetKey } from 'jose'

/** A process's own Ed25519 signing key. `kid` is `<service>.<anything>`: the part before the first dot names who signs. */
export interface SigningKey {
  kid: string
  service: string
  key: CryptoKey
}

/** Reads a private Ed25519 JWK from JSON text or, with a leading `@`, from a file.
 *  @throws SettingsError when it is not an Ed25519 private key with a kid, or is a sandbox key in production. */
export async function signingKey(value: string): Promise<SigningKey> {
  const jwk = readJson('SERVICE_KEY', value) as JWK | null
  if (jwk?.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d || !jwk.kid)
    throw new SettingsError('SERVICE_KEY is not a private Ed25519 JWK with a kid')
  refuseSandboxKey('SERVICE_KEY', jwk.kid)
  return { kid: jwk.kid, service: serviceOf(jwk.kid), key: await imported('SERVICE_KEY', jwk) }
}

/** The public keys of every process that is trusted, by kid, from a JWKS as JSON text or `@file`.
 *  @throws SettingsError when anything else is in it, or a sandbox key in production. */
export async function trustedKeys(value: string): Promise<Map<string, CryptoKey>> {
  const jwks = readJson('TRUSTED_KEYS', value) as { keys?: JWK[] } | null
  if (!Array.isArray(jwks?.keys)) throw new SettingsError('TRUSTED_KEYS is not a JWKS: { "keys": [ … ] }')
  const trusted = new Map<string, CryptoKey>()
  for (const jwk of jwks.keys) {
    if (!jwk.kid || jwk.crv !== 'Ed25519' || jwk.d)
      throw new SettingsError('TRUSTED_KEYS must hold public Ed25519 keys with a kid')
    if (trusted.has(jwk.kid)) throw new SettingsError(`TRUSTED_KEYS has two keys with the kid ${jwk.kid}`)
    refuseSandboxKey('TRUSTED_KEYS', jwk.kid)
    trusted.set(jwk.kid, await imported('TRUSTED_KEYS', jwk))
  }
  return trusted
}

const CURSOR_KEY_BYTES = 32

/** The secret keys of cursors, the one that seals first, from a JWKS as JSON text or `@file`: `{ "keys": [{ "kty": "oct", "kid", "k" }] }`.
 *  @throws SettingsError when there is none, or anything else than 32 bytes with a kid in it, or a sandbox key in production. */
export function cursorKeys(value: string): Uint8Array[] {
  const jwks = readJson('CURSOR_KEYS', value) as { keys?: JWK[] } | null
  if (!Array.isArray(jwks?.keys) || jwks.keys.length === 0)
    throw new SettingsError('CURSOR_KEYS is not a JWKS with a key: { "keys": [ … ] }')
  const kids = new Set<string>()
  return jwks.keys.map(({ kty, kid, k }) => {
    if (kty !== 'oct' || !kid || typeof k !== 'string' || !/^[\w-]{43}$/.test(k))
      throw new SettingsError(`CURSOR_KEYS must hold oct keys of ${CURSOR_KEY_BYTES} bytes (base64url) with a kid`)
    if (kids.has(kid)) throw new SettingsError(`CURSOR_KEYS has two keys with the kid ${kid}`)
    kids.add(kid)
    refuseSandboxKey('CURSOR_KEYS', kid)
    return Buffer.from(k, 'base64url')
  })
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

type KeySetting = 'SERVICE_KEY' | 'TRUSTED_KEYS' | 'CURSOR_KEYS'

function refuseSandboxKey(setting: KeySetting, kid: string): void {
  if (inProduction() && kid.includes('.sandbox'))
    throw new SettingsError(
      `${setting}: production does not start with the sandbox key ${kid} (elsewhere say NODE_ENV=development)`,
    )
}

/** Does not pass on the parser's message, which quotes a part of the key. */
function readJson(setting: KeySetting, value: string): unknown {
  const file = value.startsWith('@') ? value.slice(1) : null
  try {
    return JSON.parse(file === null ? value : readFileSync(file, 'utf8'))
  } catch (error) {
    const what = file === null ? 'it' : `the file ${file}`
    throw new SettingsError(`${setting}: ${what} ${error instanceof SyntaxError ? 'is not JSON' : 'cannot be read'}`)
  }
}

async function imported(setting: KeySetting, jwk: JWK): Promise<CryptoKey> {
  try {
    return (await importJWK(jwk, 'EdDSA', { extractable: true })) as CryptoKey
  } catch {
    throw new SettingsError(`${setting}: the key ${jwk.kid} is not an Ed25519 key`)
  }
}
