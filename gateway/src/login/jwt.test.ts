import { createPublicKey } from 'node:crypto'
import fc from 'fast-check'
import { type CryptoKey, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { publicKeyOf, verificationKey } from './algorithms.js'
import { parseToken, verifiedClaims } from './jwt.js'

const settings = { issuer: 'https://issuer.example', audience: 'vardgraf', skewSeconds: 30, maxSeconds: 43_200 }
const now = new Date('2026-11-22T08:00:00Z')
const seconds = now.getTime() / 1000

const accepts = (token: string, jwk: Record<string, unknown>): boolean => {
  try {
    const parts = parseToken(token)
    const key = verificationKey(createPublicKey({ key: jwk, format: 'jwk' }), parts.header.alg)
    if (!key) return false
    verifiedClaims(parts, key, now, settings)
    return true
  } catch {
    return false
  }
}
const joseAccepts = (token: string, key: CryptoKey): Promise<boolean> =>
  jwtVerify(token, key, {
    algorithms: ['ES256', 'PS256', 'RS256'],
    issuer: settings.issuer,
    audience: settings.audience,
    currentDate: now,
    clockTolerance: settings.skewSeconds,
    requiredClaims: ['exp', 'iat'],
  }).then(
    () => true,
    () => false,
  )

describe.each(['ES256', 'RS256', 'PS256'])('%s', (alg) => {
  it('takes and refuses what jose does', async () => {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
    const jwk = { ...(await exportJWK(publicKey)) }
    const claims = fc.record(
      {
        iss: fc.constantFrom(settings.issuer, settings.issuer, settings.issuer, 'https://issuer.example/', 7),
        aud: fc.constantFrom('vardgraf', ['other', 'vardgraf'], ['other'], 'other', []),
        exp: fc.constantFrom(seconds + 600, seconds + 1, seconds - 29, seconds - 30, seconds - 31, String(seconds + 600)),
        nbf: fc.constantFrom(seconds, seconds, seconds + 30, seconds + 31, 'x'),
        iat: fc.constantFrom(seconds, seconds, seconds - 100, 'x'),
        sub: fc.constantFrom('a', ''),
      },
      { requiredKeys: [] },
    )
    const mangle = fc.constantFrom(
      (t: string) => t,
      (t: string) => t,
      (t: string) => t,
      (t: string) => `${t}x`,
      (t: string) => t.slice(0, -10),
      (t: string) => t.split('.').slice(0, 2).join('.'),
      (t: string) => `${t}.${t}`,
      (t: string) => t.replace(/\.(.)/, (_, c) => `.${c === 'e' ? 'f' : 'e'}`),
    )
    const usual = { iss: settings.issuer, aud: 'vardgraf', exp: seconds + 600, iat: seconds }
    const signed = (given: object) => new SignJWT({ ...usual, ...given }).setProtectedHeader({ alg }).sign(privateKey)
    expect(accepts(await signed({}), jwk)).toBe(true)
    await fc.assert(
      fc.asyncProperty(claims, mangle, async (given, change) => {
        const token = change(await signed(given as object))
        expect(accepts(token, jwk), token).toBe(await joseAccepts(token, publicKey))
      }),
      { numRuns: 300 },
    )
  })
})

describe('headers', () => {
  const head = (header: unknown): string => `${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.AA`
  it.each([
    ['none', { alg: 'none' }],
    ['None', { alg: 'None' }],
    ['HS256', { alg: 'HS256' }],
    ['a name that every object has', { alg: 'constructor' }],
    ['a critical extension', { alg: 'ES256', crit: ['b64'], b64: false }],
    ['another kind of token', { alg: 'ES256', typ: 'vardgraf-viewer+jwt' }],
    ['no algorithm', {}],
    ['no object', []],
  ])('%s is refused', (_, header) => {
    expect(() => parseToken(head(header))).toThrow()
  })
})

describe('keys', () => {
  it('of the wrong kind or curve for the algorithm, or too short, do not verify', async () => {
    const p384 = await exportJWK((await generateKeyPair('ES384', { extractable: true })).publicKey)
    const { privateKey } = await generateKeyPair('ES256')
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
    expect(accepts(token, { ...p384 })).toBe(false)
  })
  it('for encryption or shared secrets are not taken from a key set', () => {
    expect(publicKeyOf({ kty: 'oct', k: 'c2VjcmV0' })).toBeNull()
    expect(publicKeyOf({ kty: 'RSA', use: 'enc', n: 'AQAB', e: 'AQAB' })).toBeNull()
    expect(publicKeyOf({ kty: 'EC', crv: 'P-256', x: 'no', y: 'no' })).toBeNull()
  })
})
