import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { signingKey, trustedKeys } from './keys.js'

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
