import { exportJWK, generateKeyPair } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { type SigningKey, signingKey, trustedKeys } from './keys.js'
import { signService, verifyService } from './service.js'
import { signViewer, VIEWER_LIFETIME_SECONDS, type Viewer, verifyViewer } from './viewer.js'

const subgraphs = ['patients', 'visits', 'messaging', 'billing', 'sandbox']
const anna: Viewer = { kind: 'PATIENT', personId: 'anna', sessionExpiresAt: 4_000_000_000 }
const now = new Date('2026-11-22T08:00:00Z')
const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)

let gateway: SigningKey
let visits: SigningKey
let trusted: Awaited<ReturnType<typeof trustedKeys>>
beforeAll(async () => {
  const pairs = await Promise.all(
    ['gateway.test', 'visits.test'].map(async (kid) => ({ kid, pair: await generateKeyPair('EdDSA', { extractable: true }) })),
  )
  const keys = await Promise.all(
    pairs.map(async ({ kid, pair }) => signingKey(JSON.stringify({ ...(await exportJWK(pair.privateKey)), kid }))),
  )
  ;[gateway, visits] = keys as [SigningKey, SigningKey]
  trusted = await trustedKeys(
    JSON.stringify({
      keys: await Promise.all(pairs.map(async ({ kid, pair }) => ({ ...(await exportJWK(pair.publicKey)), kid }))),
    }),
  )
})

const takes = (check: Promise<unknown>): Promise<boolean> =>
  check.then(
    () => true,
    () => false,
  )

describe('a signed viewer', () => {
  it('is believed by the one subgraph that it was signed for', async () => {
    for (const target of subgraphs)
      for (const self of subgraphs)
        expect(
          await takes(verifyViewer(signViewer(anna, target, gateway, now), self, trusted, now)),
          `${target} at ${self}`,
        ).toBe(target === self)
  })

  it('is valid for 15 seconds, and 5 more for clocks that differ', async () => {
    expect(VIEWER_LIFETIME_SECONDS).toBe(15)
    const token = signViewer(anna, 'visits', gateway, now)
    expect(await takes(verifyViewer(token, 'visits', trusted, after(19)))).toBe(true)
    expect(await takes(verifyViewer(token, 'visits', trusted, after(20)))).toBe(false)
  })

  it('is refused when another process than the gateway signed it, or when it is a call between processes', async () => {
    expect(await takes(verifyViewer(signViewer(anna, 'visits', visits, now), 'visits', trusted, now))).toBe(false)
    expect(await takes(verifyViewer(await signService('visits', gateway, now), 'visits', trusted, now))).toBe(false)
  })
})

describe('a call between processes', () => {
  it('is taken by the one process that it names', async () => {
    const token = await signService('patients', visits, now)
    expect(await verifyService(token, 'patients', trusted, now)).toBe('visits')
    for (const self of ['messaging', 'billing', 'gateway', ''])
      expect(await takes(verifyService(token, self, trusted, now))).toBe(false)
  })

  it('is valid for 15 seconds, and cannot be made from a signed viewer', async () => {
    const token = await signService('patients', visits, now)
    expect(await takes(verifyService(token, 'patients', trusted, after(19)))).toBe(true)
    expect(await takes(verifyService(token, 'patients', trusted, after(20)))).toBe(false)
    expect(await takes(verifyService(signViewer(anna, 'patients', gateway, now), 'patients', trusted, now))).toBe(false)
  })
})
