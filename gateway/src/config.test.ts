import { SettingsError } from '@vardgraf/process'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.js'
import { GraphSource } from './supergraph.js'

const production = {
  NODE_ENV: 'production',
  OIDC_ISSUER: 'https://eid.example',
  SERVICE_KEY: '{}',
  PRINCIPALS_URL: 'http://patients:4001',
}

describe('the settings of the gateway', () => {
  it('[R28] in production say who turns a login into a person', () => {
    const { PRINCIPALS_URL: _, ...without } = production
    expect(() => readConfig([], without)).toThrow(/^PRINCIPALS_URL: is missing/)
    expect(readConfig([], { ...without, PRINCIPALS_URL: 'none' }).settings.PRINCIPALS_URL).toBe('none')
    expect(readConfig([], production).settings.PRINCIPALS_URL).toBe('http://patients:4001')
  })

  it('[R28] do not let the issuer’s keys grow too old before they are fetched again', () => {
    const bounds = { OIDC_KEY_REFRESH_MS: '60000', OIDC_KEY_STALE_MS: '119999' }
    expect(() => readConfig([], { ...production, ...bounds })).toThrow(/^OIDC_KEY_STALE_MS: must be at least twice/)
    expect(readConfig([], { ...production, ...bounds, OIDC_KEY_STALE_MS: '120000' }).settings.OIDC_KEY_STALE_MS).toBe(120_000)
  })

  it('in production have introspection and the page switched off', () => {
    expect(readConfig([], production).settings).toMatchObject({ INTROSPECTION: false, GRAPHIQL: false })
  })

  it('in production refuse to run without login', () => {
    expect(() => readConfig(['--insecure-no-auth', '--supergraph', 'x.graphql'], { NODE_ENV: 'production' })).toThrow(
      SettingsError,
    )
  })

  it('name an address that is none', () => {
    const { addresses } = readConfig([], { ...production, PATIENTS_URL: '', VISITS_URL: 'http://visits:4002' })
    expect(addresses('visits')).toBe('http://visits:4002')
    expect(addresses('billing')).toBeUndefined()
    expect(() => addresses('patients')).toThrow('PATIENTS_URL: is not an address')
  })

  it('name a supergraph that is not there', async () => {
    await expect(GraphSource.open('/nowhere.graphql', { planMs: 1, maxEvaluatedPlans: 1 })).rejects.toThrow(
      new SettingsError('SUPERGRAPH_FILE: /nowhere.graphql cannot be read'),
    )
  })
})
