import { SettingsError } from '@vardgraf/process'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.js'
import { GraphSource } from './plan/supergraph.js'

const production = {
  NODE_ENV: 'production',
  OIDC_ISSUER: 'https://eid.example',
  SERVICE_KEY: '{}',
  PRINCIPALS_URL: 'http://patients:4001',
}

describe('the settings of the gateway', () => {
  it('[R28] in production must say which service finds the person of a login', () => {
    const { PRINCIPALS_URL: _, ...without } = production
    expect(() => readConfig([], without)).toThrow(/^PRINCIPALS_URL: is missing/)
    expect(readConfig([], { ...without, PRINCIPALS_URL: 'none' }).settings.PRINCIPALS_URL).toBe('none')
    expect(readConfig([], production).settings.PRINCIPALS_URL).toBe('http://patients:4001')
  })

  it('[R28] must fetch the issuer’s keys again before they are too old', () => {
    const bounds = { OIDC_KEY_REFRESH_MS: '60000', OIDC_KEY_STALE_MS: '119999' }
    expect(() => readConfig([], { ...production, ...bounds })).toThrow(/^OIDC_KEY_STALE_MS: must be at least twice/)
    expect(readConfig([], { ...production, ...bounds, OIDC_KEY_STALE_MS: '120000' }).settings.OIDC_KEY_STALE_MS).toBe(120_000)
  })

  it('in production have introspection and the page switched off', () => {
    expect(readConfig([], production).settings).toMatchObject({ INTROSPECTION: false, GRAPHIQL: false })
  })

  it('[R28] in production fetch the issuer’s keys over https alone', () => {
    expect(() => readConfig([], { ...production, OIDC_ISSUER: 'http://eid.example' })).toThrow(/^OIDC_ISSUER: must be https/)
    for (const OIDC_ISSUER of ['http://localhost:4005/eid', 'https://eid.example'])
      expect(readConfig([], { ...production, OIDC_ISSUER }).login?.issuer).toBe(OIDC_ISSUER)
  })

  it.each([undefined, '', 'production', 'prod'])('refuse to run without login when NODE_ENV is %s', (NODE_ENV) => {
    const env = NODE_ENV === undefined ? {} : { NODE_ENV }
    expect(() => readConfig(['--insecure-no-auth', '--supergraph', 'x.graphql'], env)).toThrow(SettingsError)
    expect(readConfig(['--insecure-no-auth', '--supergraph', 'x.graphql'], { NODE_ENV: 'development' }).login).toBeNull()
  })

  it('are those of production by default', () => {
    const { NODE_ENV: _, ...unsaid } = production
    expect(readConfig([], unsaid).settings).toMatchObject({
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      INTROSPECTION: false,
      GRAPHIQL: false,
      CORS_ORIGINS: '',
    })
    expect(() => readConfig([], { ...unsaid, PRINCIPALS_URL: '' })).toThrow(/^PRINCIPALS_URL: is missing/)
  })

  it('name an invalid address in the error', () => {
    const { addresses } = readConfig([], { ...production, PATIENTS_URL: '', VISITS_URL: 'http://visits:4002' })
    expect(addresses('visits')).toBe('http://visits:4002')
    expect(addresses('billing')).toBeUndefined()
    expect(() => addresses('patients')).toThrow('PATIENTS_URL: is not an address')
  })

  it('name a missing supergraph file in the error', async () => {
    await expect(GraphSource.open('/nowhere.graphql', { planMs: 1, maxEvaluatedPlans: 1 })).rejects.toThrow(
      new SettingsError('SUPERGRAPH_FILE: /nowhere.graphql cannot be read'),
    )
  })
})
