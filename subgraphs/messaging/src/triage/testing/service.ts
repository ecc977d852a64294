import { fileURLToPath } from 'node:url'
import { loadPolicies } from '@vardgraf/policy'
import { createLogger, MovableClock } from '@vardgraf/process'
import { bootPlatform, type FactProviders, migrate, migrateShared, type PersonFact, type Platform } from '@vardgraf/subgraph'
import { signedViewer, startPostgres, testKeys } from '@vardgraf/testing'
import type { Viewer } from '@vardgraf/viewer'
import { startMessaging } from '../../app.js'
import { SCHEMA } from '../../database.js'
import type { Sms } from '../../notifications/sms.js'
import { loadQuestionnaires } from '../library.js'

export const questionnaireFolder = fileURLToPath(new URL('../../../questionnaires', import.meta.url))
const migrations = fileURLToPath(new URL('../../../prisma', import.meta.url))

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for
  data: any
  errors: { message: string; extensions: { code: string } }[] | undefined
}

/** The booted subgraph over real PostgreSQL, with clock, people and SMS in the test's hands. */
export interface Service {
  platform: Platform
  /** What patients would say; tests change it as they go. */
  people: Map<string, PersonFact>
  /** `guardian child`: who may act for whom now. */
  guardianships: Set<string>
  sms: Sms[]
  setClock(instant: string): void
  ask(viewer: Viewer, query: string, variables?: object, language?: string): Promise<Answer>
  rows<R>(sql: string, ...parameters: unknown[]): Promise<R[]>
  stop(): Promise<void>
}

export async function startService(now: string, folder = questionnaireFolder): Promise<Service> {
  const postgres = await startPostgres()
  await migrateShared(postgres.url)
  await migrate(postgres.url, SCHEMA, migrations)
  const stopped = await serveOver(postgres.url, now, folder)
  return {
    ...stopped,
    stop: async () => {
      await stopped.stop()
      await postgres.stop()
    },
  }
}

/** The same over a database that is there already, as after a restart. */
export async function serveOver(databaseUrl: string, now: string, folder = questionnaireFolder): Promise<Service> {
  const clock = new MovableClock()
  const setClock = (instant: string): void => clock.set({ version: 0, offsetMs: 0, frozenAt: new Date(instant).toISOString() })
  setClock(now)
  const nowhere = 'http://127.0.0.1:1'
  const settings = {
    ...(await testKeys()).env('messaging'),
    NODE_ENV: 'test' as const,
    LOG_LEVEL: 'silent' as const,
    HOST: '127.0.0.1',
    PORT: 0,
    DATABASE_URL: databaseUrl,
    PATIENTS_URL: nowhere,
    VISITS_URL: nowhere,
    MESSAGING_URL: nowhere,
    FACTS_DEADLINE_MS: 300,
    INTROSPECTION: true,
  }
  const questionnaires = await loadQuestionnaires(folder)
  const platform: Platform = { ...(await bootPlatform('messaging', settings, createLogger('messaging', 'silent'))), clock }
  const people = new Map<string, PersonFact>()
  const guardianships = new Set<string>()
  Object.assign(platform.own, factsOf(people, guardianships))
  const sms: Sms[] = []
  const sender = {
    send: async (message: Sms) => {
      sms.push(message)
      return { kind: 'SENT' as const, providerId: null }
    },
    close: async () => {},
  }
  const running = await startMessaging({ platform, policies: loadPolicies(), questionnaires, sms: sender, sweepEveryMs: 60_000 })
  return {
    platform,
    people,
    guardianships,
    sms,
    setClock,
    ask: async (viewer, query, variables = {}, language = 'en') => {
      const headers = {
        'content-type': 'application/json',
        'accept-language': language,
        ...(await signedViewer(viewer, clock.now())),
      }
      const body = JSON.stringify({ query, variables })
      const response = await fetch(`http://127.0.0.1:${running.port}/graphql`, { method: 'POST', headers, body })
      return (await response.json()) as Answer
    },
    rows: async <R>(sql: string, ...parameters: unknown[]) => (await platform.pool.query(sql, parameters)).rows as R[],
    stop: () => running.stop(),
  }
}

function factsOf(people: Map<string, PersonFact>, guardianships: Set<string>): FactProviders {
  return {
    person: async (ids) => ids.map((id) => people.get(id) ?? null),
    guardianship: async (keys) => keys.map(({ guardianId, childId }) => guardianships.has(`${guardianId} ${childId}`)),
    guardians: async (ids) => ids.map(() => []),
    contact: async (ids) => ids.map(() => ({ phone: '070-1740605' })),
    visitRelation: async (keys) => keys.map(() => false),
    unit: async (ids) => ids.map((hsaId) => units.find((unit) => unit.hsaId === hsaId) ?? null),
  }
}

const region = 'vastmanland'
export const healthCentre = 'SE2321000172-H001'
export const otherHealthCentre = 'SE2321000172-H002'
export const nurseLine = 'SE2321000172-N001'
export const youthClinic = 'SE2321000172-Y001'
const units = [
  { hsaId: healthCentre, name: 'Centre 1', kind: 'HEALTH_CENTRE' as const, region, selfBooking: false },
  { hsaId: otherHealthCentre, name: 'Centre 2', kind: 'HEALTH_CENTRE' as const, region, selfBooking: false },
  { hsaId: nurseLine, name: '1177', kind: 'NURSE_LINE_1177' as const, region, selfBooking: false },
  { hsaId: youthClinic, name: 'Youth clinic', kind: 'YOUTH_CLINIC' as const, region, selfBooking: false },
]

const sessionExpiresAt = 4_000_000_000
export const patient = (personId: string): Viewer => ({ kind: 'PATIENT', personId, sessionExpiresAt })
export const nurse = (unitId: string): Viewer => ({
  kind: 'STAFF',
  staffId: `nurse at ${unitId}`,
  unitId,
  role: 'NURSE',
  sessionExpiresAt,
})
export const anonymous: Viewer = { kind: 'ANONYMOUS' }

/** A new person of that birth date, listed at the health centre. */
export function person({ people }: Service, birthDate: string, listedUnitId: string | null = healthCentre): string {
  const id = crypto.randomUUID()
  people.set(id, { id, birthDate, protectedIdentity: false, listedUnitId, region })
  return id
}
