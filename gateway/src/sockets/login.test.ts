import { exportSPKI, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Rig, startRig } from '../testing/gateway.js'
import { RawSocket } from '../testing/raw-socket.js'
import { until } from '../testing/until.js'

let rig: Rig
let url = ''
beforeAll(async () => {
  rig = await startRig()
  url = `${rig.gateway.url.replace('http', 'ws')}/graphql`
})
afterAll(() => rig.stop())

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Invalid tokens: attacks and mistakes. */
const wrong: Record<string, () => Promise<string>> = {
  'that is no token': async () => 'abc',
  'with another signature': async () => (await rig.issuer.token()).replace(/\.[^.]+$/, `.${'A'.repeat(86)}`),
  'of alg none': async () => {
    const [, payload] = (await rig.issuer.token()).split('.')
    return `${base64({ alg: 'none', kid: rig.issuer.publicJwk().kid })}.${payload}.`
  },
  'signed by HS256 with the public key as secret': async () => {
    const publicKey = (await importJWK(rig.issuer.publicJwk(), 'ES256', { extractable: true })) as Parameters<
      typeof exportSPKI
    >[0]
    const secret = new TextEncoder().encode(await exportSPKI(publicKey))
    const claims = JSON.parse(Buffer.from((await rig.issuer.token()).split('.')[1] ?? '', 'base64url').toString())
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: rig.issuer.publicJwk().kid ?? '' }).sign(secret)
  },
  'for another audience': () => rig.issuer.token({ aud: 'another' }),
  'of another issuer': () => rig.issuer.token({ iss: 'https://evil.example' }),
  'that has expired': () => rig.issuer.token({ exp: Math.floor(rig.clock.now().getTime() / 1000) - 60 }),
  'without an expiry': () => rig.issuer.token({ exp: undefined }),
  'of too low assurance': () => rig.issuer.token({ acr: 'http://id.elegnamnden.se/loa/1.0/loa2' }),
}

describe('[R28] a socket', () => {
  it.each(Object.entries(wrong))(
    'with a token %s is closed, whether it came in connection_init or at the upgrade',
    async (_, make) => {
      const authorization = `Bearer ${await make()}`
      const inInit = new RawSocket(url)
      await inInit.send({ type: 'connection_init', payload: { authorization } })
      expect(await inInit.closed).toEqual({ code: 4401, reason: 'UNAUTHENTICATED' })
      const atUpgrade = new RawSocket(url, { headers: { authorization } })
      await atUpgrade.send({ type: 'connection_init' })
      expect(await atUpgrade.closed).toEqual({ code: 4401, reason: 'UNAUTHENTICATED' })
    },
  )

  it('with a good token is the user until the token expires by the clock of the process', async () => {
    const raw = await RawSocket.as(url, await rig.issuer.token())
    await raw.subscribe('1', '{ me { name } }')
    await until(() => raw.next('1').length === 1)
    expect(raw.next('1')).toEqual([{ data: { me: { name: 'Ada' } } }])
    expect(rig.subgraphs.asked.at(-1)?.headers['vardgraf-viewer']).toBeTypeOf('string')
    rig.clock.set({ version: 1, offsetMs: 1_801_000, frozenAt: null })
    expect(await raw.closed).toEqual({ code: 4440, reason: 'TOKEN_EXPIRED' })
    rig.clock.set({ version: 2, offsetMs: 0, frozenAt: null })
  })

  it('cannot name a viewer itself: a viewer header of the client is not passed on', async () => {
    const raw = new RawSocket(url, { headers: { 'vardgraf-viewer': 'forged' } })
    await raw.send({ type: 'connection_init', payload: { 'vardgraf-viewer': 'forged' } })
    await until(() => raw.messages.length === 1)
    await raw.send({
      id: '1',
      type: 'subscribe',
      payload: { query: '{ me { name } }', extensions: { 'vardgraf-viewer': 'forged' } },
    })
    await until(() => raw.next('1').length === 1)
    expect(JSON.stringify(rig.subgraphs.asked.at(-1))).not.toContain('forged')
    raw.socket.terminate()
  })

  it('is told to come back when the issuer cannot be asked', async () => {
    const other = await startRig({}, { issuerDown: true })
    const raw = new RawSocket(`${other.gateway.url.replace('http', 'ws')}/graphql`)
    await raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${await other.issuer.token()}` } })
    expect(await raw.closed).toEqual({ code: 1013, reason: 'TRY_AGAIN_LATER' })
    await other.stop()
  })

  it('leaves one line in the log, without the viewer’s id', async () => {
    const raw = await RawSocket.as(url, await rig.issuer.token())
    raw.socket.close(1000)
    await raw.closed
    await until(() => rig.lines.some(({ msg, code }) => msg === 'a socket closed' && code === 1000))
    expect(JSON.stringify(rig.lines)).not.toMatch(/199003072390|subject-1/)
  })
})
