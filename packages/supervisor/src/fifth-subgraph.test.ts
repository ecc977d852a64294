import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'

// The manifest with one more line; everything else is the real code.
vi.mock('../../manifest/src/manifest.mjs', async (original) => {
  const { manifest } = await original<typeof import('../../manifest/src/manifest.mjs')>()
  const referrals = { folder: 'subgraphs/referrals', port: 4006, schema: true, facts: true }
  return { manifest: { ...manifest, subgraphs: { ...manifest.subgraphs, referrals } } }
})

// Other files of this worker have loaded the real manifest.
vi.resetModules()
const { platformOf, root } = await import('./platform.js')
const { programs } = await import('./preparation.js')
const { makeServiceKeys } = await import('./service-keys.js')
const { portsOf } = await import('./start/ports.mjs')
const { steps } = await import('./start/supervise.js')
const { databaseRole, databaseServices } = await import('@vardgraf/manifest')

describe('a fifth subgraph, by one line in the manifest', () => {
  let specs: ReturnType<typeof platformOf>
  beforeAll(() => {
    const databaseUrls = Object.fromEntries(databaseServices.map((name) => [name, `postgres://${name}@localhost/vardgraf`]))
    specs = platformOf({ ports: portsOf({}) as never, databaseUrls: databaseUrls as never, keys: '/keys' })
  })
  const specOf = (name: string) => specs.find((spec) => spec.name === name)

  it('has a port that moves with the others', () => {
    expect(portsOf({ VARDGRAF_PORT: '5000' })).toMatchObject({ gateway: 5000, referrals: 5006, postgres: 5010 })
    expect(portsOf({ VARDGRAF_PORT_REFERRALS: '7000' })).toMatchObject({ gateway: 4000, referrals: 7000 })
  })

  it('is a process with its own program, port, key and database login', () => {
    expect(specOf('referrals')).toMatchObject({
      command: [join(root, 'subgraphs/referrals/dist/index.js')],
      port: 4006,
      env: {
        PORT: '4006',
        SERVICE_KEY: `@${join('/keys', 'referrals.json')}`,
        DATABASE_URL: 'postgres://referrals@localhost/vardgraf',
        SANDBOX_CLOCK_URL: 'ws://localhost:4005/clock',
      },
    })
  })

  it('is where the others and the gateway look for it', () => {
    for (const { env } of specs) expect(env.REFERRALS_URL).toBe('http://localhost:4006')
  })

  it('is started after the sandbox and before the gateway, and migrated', () => {
    expect(specs.map(({ name }) => name)).toEqual([
      'sandbox',
      'patients',
      'visits',
      'messaging',
      'billing',
      'referrals',
      'gateway',
    ])
    expect(steps.map(({ names }) => names.includes('referrals' as never))).toEqual([false, true, false])
    expect(programs).toContain(join(root, 'subgraphs/referrals/dist/migrate.js'))
  })

  it('has a key and a role in the database', async () => {
    const { privateKeys, jwks } = await makeServiceKeys('test')
    expect(privateKeys.referrals?.kid).toBe('referrals.test')
    expect(jwks.keys.map(({ kid }) => kid)).toContain('referrals.test')
    expect(databaseServices.map(databaseRole)).toContain('vardgraf_referrals')
  })
})
