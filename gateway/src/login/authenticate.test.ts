import { createHmac, createPublicKey } from 'node:crypto'
import { verifyViewer } from '@vardgraf/viewer'
import { decodeJwt, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type Rig, startRig } from '../testing/gateway.js'
import { RawSocket } from '../testing/raw-socket.js'
import { until } from '../testing/until.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.stop())
afterEach(() => {
  rig.issuer.down = false
  rig.clock.set({ version: 0, offsetMs: 0, frozenAt: null })
  rig.subgraphs.asked.length = 0
})

const query = '{ me { id } }'
const ask = (token: string) => rig.ask(query, { headers: { authorization: `Bearer ${token}` } })
const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The viewer that the subgraph was told. */
async function viewerTold() {
  const { service = '', headers } = rig.subgraphs.asked.at(-1) ?? {}
  return verifyViewer(
    String(headers?.['vardgraf-viewer']),
    service,
    new Map([['gateway.test', rig.publicKey as never]]),
    rig.clock.now(),
  )
}

describe('[R28] who asks', () => {
  it('is anonymous without a token', async () => {
    expect((await rig.ask(query)).body.data).toEqual({ me: { id: '1' } })
    expect(await viewerTold()).toEqual({ kind: 'ANONYMOUS' })
  })

  it('is the patient of the token, with the session that ends with it', async () => {
    const exp = Math.floor(rig.clock.now().getTime() / 1000) + 600
    expect((await ask(await rig.issuer.token({ exp }))).status).toBe(200)
    expect(await viewerTold()).toEqual({ kind: 'PATIENT', personId: 'subject-1', sessionExpiresAt: exp })
  })

  it('is the member of staff of the token, at the unit she logged in with', async () => {
    await ask(
      await rig.issuer.token({ employeeHsaId: 'SE2321000172-1A', healthCareUnitHsaId: 'SE2321000172-H001', role: 'NURSE' }),
    )
    expect(await viewerTold()).toMatchObject({
      kind: 'STAFF',
      staffId: 'SE2321000172-1A',
      unitId: 'SE2321000172-H001',
      role: 'NURSE',
    })
  })

  it('is told by the gateway alone: a viewer header of the client is not passed on', async () => {
    await rig.ask(query, { headers: { 'vardgraf-viewer': 'forged' } })
    expect(await viewerTold()).toEqual({ kind: 'ANONYMOUS' })
  })
})

describe('the viewer that subgraphs are told', () => {
  const joined = '{ me { name reviews { product { title } } } topProducts { title } reviews { id } }'
  const told = () => rig.subgraphs.asked.map(({ service, headers }) => ({ service, token: String(headers['vardgraf-viewer']) }))
  const audience = (token: string) => (decodeJwt(token) as { aud: string }).aud

  it('is signed for each subgraph by name, and once for a request, however many fetches it has', async () => {
    await rig.ask(joined, { headers: { authorization: `Bearer ${await rig.issuer.token({ sub: 'joined' })}` } })
    expect(new Set(told().map(({ service }) => service)).size).toBeGreaterThan(1)
    for (const { service, token } of told()) expect(audience(token)).toBe(`vardgraf:${service}`)
    for (const service of new Set(told().map((one) => one.service)))
      expect(new Set(told().flatMap((one) => (one.service === service ? [one.token] : []))).size).toBe(1)
  })

  it('is signed anew after five seconds, or when the clock was moved back', async () => {
    const token = await rig.issuer.token()
    const at = (offsetMs: number) => rig.clock.set({ version: 1, offsetMs, frozenAt: null })
    for (const offsetMs of [0, 6_000, 3_000]) {
      at(offsetMs)
      await ask(token)
    }
    expect(new Set(told().map((one) => one.token)).size).toBe(3)
  })
})

describe('[R28] an invalid token is refused, not treated as anonymous', () => {
  const now = () => Math.floor(rig.clock.now().getTime() / 1000)
  const cases: Record<string, () => Promise<string>> = {
    'signed with another key': async () => {
      const { privateKey } = await generateKeyPair('ES256')
      return new SignJWT({ acr: 'http://id.elegnamnden.se/loa/1.0/loa3' })
        .setProtectedHeader({ alg: 'ES256', kid: rig.issuer.publicJwk().kid ?? '' })
        .setIssuer(rig.issuer.url)
        .setAudience('vardgraf')
        .setExpirationTime('5m')
        .setIssuedAt()
        .sign(privateKey)
    },
    'with a changed claim': async () => {
      const [header, payload = '', signature] = (await rig.issuer.token()).split('.')
      return [header, b64({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'other' }), signature].join('.')
    },
    'expired beyond the skew': () => rig.issuer.token({ exp: now() - 31 }),
    'not valid yet': () => rig.issuer.token({ nbf: now() + 60 }),
    'without an expiry': () => rig.issuer.token({ exp: undefined }),
    'for another audience': () => rig.issuer.token({ aud: 'other' }),
    'of another issuer': () => rig.issuer.token({ iss: 'https://other.example' }),
    'with alg none': async () => `${b64({ alg: 'none', typ: 'JWT' })}.${(await rig.issuer.token()).split('.')[1]}.`,
    'HS256 with the public key as the secret': async () => {
      const pem = await exportSPKI(createPublicKey({ key: rig.issuer.publicJwk() as never, format: 'jwk' }) as never)
      const signed = `${b64({ alg: 'HS256', kid: rig.issuer.publicJwk().kid })}.${(await rig.issuer.token()).split('.')[1]}`
      return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`
    },
    'below level of assurance 3': () => rig.issuer.token({ acr: 'http://id.elegnamnden.se/loa/1.0/loa2' }),
    'with a co-ordination number and no e-ID': () =>
      rig.issuer.token({
        acr: undefined,
        'https://id.oidc.se/claim/personalIdentityNumber': undefined,
        'https://id.oidc.se/claim/coordinationNumber': '199003632390',
      }),
    'with a role that does not exist': () =>
      rig.issuer.token({
        'https://id.oidc.se/claim/personalIdentityNumber': undefined,
        employeeHsaId: 'a',
        healthCareUnitHsaId: 'b',
        role: 'KING',
      }),
    'that is no token': async () => 'abc',
    'that is far too long': async () => `a.${'b'.repeat(9_000)}.c`,
  }
  it.each(Object.entries(cases))('%s', async (_, token) => {
    const { status, body, headers } = await ask(await token())
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe('Bearer')
    expect(body.data).toBeUndefined()
    expect(body.errors?.[0]).toMatchObject({
      message: 'The login is missing or no longer valid.',
      extensions: { code: 'UNAUTHENTICATED', rule: 'R28' },
    })
    expect(rig.subgraphs.asked).toEqual([])
  })

  it('other schemes than Bearer', async () => {
    expect((await rig.ask(query, { headers: { authorization: 'Basic YTpi' } })).status).toBe(401)
  })
})

describe('over time', () => {
  it('a token is valid until 30 seconds after its expiry, also when it is cached', async () => {
    const start = rig.clock.now()
    const token = await rig.issuer.token({ exp: Math.floor(start.getTime() / 1000) + 60 })
    expect((await ask(token)).status).toBe(200)
    const at = (seconds: number) =>
      rig.clock.set({
        version: 1,
        offsetMs: 0,
        frozenAt: new Date(Math.floor(start.getTime() / 1000) * 1000 + seconds * 1000).toISOString(),
      })
    at(89)
    expect((await ask(token)).status).toBe(200)
    at(91)
    expect((await ask(token)).status).toBe(401)
  })

  it('a new key of the issuer is found when a token names it, and the old one is no longer accepted', async () => {
    const old = await rig.issuer.token({ sub: 'before' })
    await rig.issuer.rotate()
    expect((await ask(await rig.issuer.token())).status).toBe(200)
    expect((await ask(old)).status).toBe(401)
  })

  it('an issuer that is away is an error of the service, not of the token', async () => {
    const other = await startRig({}, { issuerDown: true })
    const { status, body, headers } = await other.ask(query, {
      headers: { authorization: `Bearer ${await other.issuer.token()}` },
    })
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('2')
    expect(body.errors?.[0]?.extensions.code).toBe('LOGIN_UNAVAILABLE')
    other.issuer.down = false
    expect((await other.ask(query, { headers: { authorization: `Bearer ${await other.issuer.token()}` } })).status).toBe(200)
    await other.stop()
  })

  it('unknown keys do not make the gateway ask the issuer for every request', async () => {
    const other = await startRig({ OIDC_KEY_COOLDOWN_MS: '30000' })
    for (let i = 0; i < 5; i++)
      await other.ask(query, {
        headers: { authorization: `Bearer ${await other.issuer.token({ jti: String(i) }, { kid: `made-up-${i}` })}` },
      })
    expect(other.issuer.keyFetches).toBe(1)
    await other.stop()
  })
})

describe('[R28] a key that the issuer withdraws', () => {
  const statusOf = async (rig: Rig, token: string) =>
    (await rig.ask(query, { headers: { authorization: `Bearer ${token}` } })).status

  it.each([
    ['is gone', undefined],
    ['has given its id to another', 'key-1'],
  ])('and that %s ends cached tokens, also when every request finds its token in the cache', async (_, kid) => {
    const other = await startRig({ OIDC_KEY_REFRESH_MS: '50', OIDC_KEY_COOLDOWN_MS: '30000' })
    const token = await other.issuer.token()
    expect(await statusOf(other, token)).toBe(200)
    await other.issuer.rotate(kid)
    await until(async () => (await statusOf(other, token)) === 401)
    expect(await statusOf(other, await other.issuer.token())).toBe(200)
    await other.stop()
  })

  it('ends the sockets of its tokens, and no others', async () => {
    const other = await startRig({ OIDC_KEY_REFRESH_MS: '50' })
    const url = `${other.gateway.url.replace('http', 'ws')}/graphql`
    const old = await RawSocket.as(url, await other.issuer.token())
    const anonymous = new RawSocket(url)
    await anonymous.send({ type: 'connection_init' })
    await other.issuer.rotate()
    const young = await RawSocket.as(url, await other.issuer.token())
    expect(await old.closed).toEqual({ code: 4440, reason: 'TOKEN_EXPIRED' })
    for (const open of [anonymous, young]) {
      expect(open.socket.readyState).toBe(WebSocket.OPEN)
      open.socket.terminate()
    }
    await other.stop()
  })

  it('is accepted while the issuer is away, up to a limit; then no token is, and sockets are told to come back', async () => {
    const other = await startRig({ OIDC_KEY_REFRESH_MS: '50', OIDC_KEY_STALE_MS: '1500' })
    const token = await other.issuer.token()
    expect(await statusOf(other, token)).toBe(200)
    const raw = await RawSocket.as(`${other.gateway.url.replace('http', 'ws')}/graphql`, token)
    other.issuer.down = true
    const fetches = other.issuer.refused
    await until(() => other.issuer.refused > fetches)
    expect(await statusOf(other, token)).toBe(200)
    expect(await raw.closed).toEqual({ code: 1013, reason: 'TRY_AGAIN_LATER' })
    const { status, body } = await other.ask(query, { headers: { authorization: `Bearer ${token}` } })
    expect(status).toBe(503)
    expect(body.errors?.[0]?.extensions.code).toBe('LOGIN_UNAVAILABLE')
    expect((await other.ask(query)).status).toBe(200)
    other.issuer.down = false
    await until(async () => (await statusOf(other, token)) === 200)
    await other.stop()
  })
})

describe('[R28] a token that lives for long', () => {
  const seconds = () => Math.floor(rig.clock.now().getTime() / 1000)
  const hours = (count: number) => count * 3_600

  it.each([
    ['is good for twelve hours', 0, hours(12), 200],
    ['is refused above', 0, hours(12) + 1, 401],
    ['is refused for years', -60, hours(5 * 365 * 24), 401],
    ['is not made short by a time of issue that has not come', hours(5 * 365 * 24), hours(5 * 365 * 24) + 600, 401],
  ])('%s', async (_, iat, exp, status) => {
    expect((await ask(await rig.issuer.token({ iat: seconds() + iat, exp: seconds() + exp }))).status).toBe(status)
  })

  it('may be allowed more or less by a setting', async () => {
    const other = await startRig({ OIDC_TOKEN_MAX_SECONDS: '600' })
    const token = async (exp: number) => ({
      authorization: `Bearer ${await other.issuer.token({ iat: seconds(), exp: seconds() + exp })}`,
    })
    expect((await other.ask(query, { headers: await token(600) })).status).toBe(200)
    expect((await other.ask(query, { headers: await token(601) })).status).toBe(401)
    await other.stop()
  })
})
