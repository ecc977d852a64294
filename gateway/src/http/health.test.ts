import { describe, expect, it } from 'vitest'
import { type Rig, startRig } from '../testing/gateway.js'
import { until } from '../testing/until.js'

describe('health', () => {
  const get = async (path: string, { gateway }: Rig) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { connection: 'close' } })
    return { status: response.status, body: await response.json() }
  }
  const alone = { draining: false, login: true }

  it.each(['refuse', 'hang'] as const)('stays ready when a subgraph is away (%s), and tells which', async (fault) => {
    const other = await startRig()
    await until(async () => (await get('/health/ready', other)).status === 200)
    other.subgraphs.faults.set('products', fault)
    const away = { accounts: true, products: false, reviews: true }
    await until(async () => {
      const { status, body } = await get('/health/ready', other)
      expect(status).toBe(200)
      return JSON.stringify(body) === JSON.stringify({ status: 'ready', ...alone, subgraphs: away })
    })
    expect((await get('/health/live', other)).status).toBe(200)
    await other.stop()
  })

  it('stays ready when every subgraph is gone', async () => {
    const other = await startRig()
    await until(async () => (await get('/health/ready', other)).status === 200)
    await other.subgraphs.stop()
    const { status, body } = await get('/health/ready', other)
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'ready' })
    await other.stop()
  })

  it('[R28] is not ready before it has had the issuer’s keys, nor once they are too old', async () => {
    const other = await startRig({ OIDC_KEY_REFRESH_MS: '100', OIDC_KEY_STALE_MS: '1500' }, { issuerDown: true })
    const first = await get('/health/ready', other)
    expect(first).toMatchObject({ status: 503, body: { status: 'not ready', login: false } })
    expect((await get('/health/live', other)).status).toBe(200)
    other.issuer.down = false
    await until(async () => (await get('/health/ready', other)).status === 200)
    other.issuer.down = true
    const refused = other.issuer.refused
    await until(() => other.issuer.refused > refused)
    expect((await get('/health/ready', other)).status).toBe(200)
    await until(async () => (await get('/health/ready', other)).status === 503)
    await other.stop()
  })

  it('without login needs no issuer', async () => {
    const other = await startRig({}, { standalone: true, issuerDown: true })
    expect((await get('/health/ready', other)).status).toBe(200)
    await other.stop()
  })
})
