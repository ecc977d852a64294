import { loadPolicies } from '@vardgraf/policy'
import { createLogger, MovableClock } from '@vardgraf/process'
import { bootPlatform, migrateService, type Platform, poolDefaults } from '@vardgraf/service'
import { signedViewer, startPostgres, type TestDatabase, testKeys } from '@vardgraf/testing'
import type { Viewer } from '@vardgraf/viewer'
import { startBilling } from '../app.js'
import { migration } from '../migration.js'

interface Answer {
  data?: Record<string, unknown>
  errors?: { extensions: { code: string } }[]
}

/** The booted subgraph over real PostgreSQL, its clock at one instant. Tests say what its neighbours answer, by `platform.own`. */
export interface Service {
  platform: Platform
  /** The connections of the owner of the tables: they see what the subgraph's own may not. */
  owner: TestDatabase['owner']
  ask(viewer: Viewer, query: string, variables?: object, language?: 'sv' | 'en'): Promise<Answer>
  stop(): Promise<void>
}

export async function startService(now: string): Promise<Service> {
  const postgres = await startPostgres()
  await migrateService(postgres.url, migration)
  const clock = new MovableClock()
  clock.set({ version: 0, offsetMs: 0, frozenAt: new Date(now).toISOString() })
  const nowhere = 'http://127.0.0.1:1'
  const settings = {
    ...(await testKeys()).env('billing'),
    NODE_ENV: 'test' as const,
    LOG_LEVEL: 'silent' as const,
    HOST: '127.0.0.1',
    PORT: 0,
    DATABASE_URL: await postgres.login('billing'),
    ...poolDefaults,
    PATIENTS_URL: nowhere,
    VISITS_URL: nowhere,
    MESSAGING_URL: nowhere,
    FACTS_DEADLINE_MS: 300,
    MAX_EVENT_BYTES: 2_097_152,
    MAX_ANSWER_BYTES: 8_000_000,
    STATEMENT_TIMEOUT_MS: 5_000,
    INTROSPECTION: true,
  }
  const platform: Platform = { ...(await bootPlatform('billing', settings, createLogger('billing', 'silent'))), clock }
  const running = await startBilling(platform, loadPolicies())
  return {
    platform,
    owner: postgres.owner,
    ask: async (viewer, query, variables = {}, language = 'sv') => {
      const headers = {
        'content-type': 'application/json',
        'accept-language': language,
        ...(await signedViewer('billing', viewer, clock.now())),
      }
      const body = JSON.stringify({ query, variables })
      const response = await fetch(`http://127.0.0.1:${running.port}/graphql`, { method: 'POST', headers, body })
      return (await response.json()) as Answer
    },
    stop: async () => {
      await running.stop()
      await postgres.stop()
    },
  }
}
