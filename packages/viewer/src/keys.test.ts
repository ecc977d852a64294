import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { cursorKeys, signingKey, trustedKeys } from './keys.js'

let key: JWK
let publicKey: JWK
beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { extractable: true })
  key = { ...(await exportJWK(pair.privateKey)), kid: 'visits.2026-11' }
  publicKey = { ...(await exportJWK(pair.publicKey)), kid: 'visits.2026-11' }
})
afterEach(() => vi.unstubAllEnvs())

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: Error) => error.message,
  )
const problemOfKey = (value: string) => messageOf(signingKey(value))
const problemOfTrusted = (keys: unknown) => messageOf(trustedKeys(JSON.stringify(keys)))

describe('keys from the environment', () => {
  it('name the service that they belong to', async () => {
    expect(await signingKey(JSON.stringify(key))).toMatchObject({ kid: 'visits.2026-11', service: 'visits' })
    expect([...(await trustedKeys(JSON.stringify({ keys: [publicKey] }))).keys()]).toEqual(['visits.2026-11'])
  })

  it('that cannot be read are named, and nothing of them is told', async () => {
    expect(await problemOfKey('@/nowhere/key.json')).toBe('SERVICE_KEY: the file /nowhere/key.json cannot be read')
    expect(await problemOfKey(`{"d":"secret"secret}`)).toBe('SERVICE_KEY: it is not JSON')
    expect(await problemOfKey('null')).toContain('SERVICE_KEY is not a private Ed25519 JWK')
    expect(await problemOfKey(JSON.stringify({ ...key, d: 'short' }))).toBe(
      'SERVICE_KEY: the key visits.2026-11 is not an Ed25519 key',
    )
    expect(await problemOfTrusted({})).toContain('TRUSTED_KEYS is not a JWKS')
    expect(await problemOfTrusted(null)).toContain('TRUSTED_KEYS is not a JWKS')
  })

  it('refuse a private key among the trusted ones, and two of one name', async () => {
    expect(await problemOfTrusted({ keys: [key] })).toContain('must hold public')
    expect(await problemOfTrusted({ keys: [publicKey, publicKey] })).toContain('two keys')
  })

  it('of cursors are 32 secret bytes each, in the order given, and nothing of them is told', async () => {
    const oct = (kid: string, bytes = 32) => ({ kty: 'oct', kid, k: Buffer.alloc(bytes, kid).toString('base64url') })
    const problem = async (keys: unknown) => messageOf((async () => cursorKeys(JSON.stringify(keys)))())
    expect(cursorKeys(JSON.stringify({ keys: [oct('b'), oct('a')] }))).toEqual([Buffer.alloc(32, 'b'), Buffer.alloc(32, 'a')])
    for (const none of [null, {}, { keys: [] }]) expect(await problem(none)).toContain('CURSOR_KEYS is not a JWKS with a key')
    for (const other of [
      oct('a', 31),
      oct('a', 33),
      { ...oct('a'), kid: '' },
      { ...oct('a'), kty: 'OKP' },
      { ...oct('a'), k: '='.repeat(43) },
    ])
      expect(await problem({ keys: [oct('b'), other] })).toBe('CURSOR_KEYS must hold oct keys of 32 bytes (base64url) with a kid')
    expect(await problem({ keys: [oct('a'), oct('a')] })).toContain('two keys')
    vi.stubEnv('NODE_ENV', 'production')
    expect(await problem({ keys: [oct('2026-11'), oct('cursor.sandbox')] })).toContain('sandbox key cursor.sandbox')
  })

  it.each(['production', undefined, '', 'Production', 'staging'])(
    'of the sandbox are refused when NODE_ENV is %s',
    async (value) => {
      vi.stubEnv('NODE_ENV', value)
      expect(await problemOfKey(JSON.stringify({ ...key, kid: 'visits.sandbox' }))).toContain('sandbox key visits.sandbox')
      expect(await problemOfTrusted({ keys: [{ ...publicKey, kid: 'gateway.sandbox-2' }] })).toContain(
        'sandbox key gateway.sandbox-2',
      )
    },
  )
})
