import type { FactProviders, VisitFact } from '@vardgraf/access'
import { loadPolicies } from '@vardgraf/policy'
import { createLogger, MovableClock, readSettings } from '@vardgraf/process'
import { bootPlatform, migrateService, type Platform, poolDefaults } from '@vardgraf/service'
import { countBoot, signedViewer, startSubgraphPostgres, type TestDatabase, testKeys } from '@vardgraf/testing'
import { ageAt } from '@vardgraf/time'
import { VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { startMessaging } from '../app.js'
import { messagingSettings } from '../config.js'
import { connectDatabase, type Db } from '../database.js'
import { migration } from '../migration.js'
import type { Sms, SmsResult, SmsSender } from '../notifications/sms.js'
import { loadQuestionnaires } from '../questionnaires/library.js'
import { Stream } from './stream.js'

/** What the other subgraphs would say: tests change it as they go. */
export interface Neighbours {
  people: Map<string, { birthDate: string; phone: string | null; protectedIdentity: boolean; listedUnitId?: string | null }>
  /** `guardian child`: custody in force; it counts below 13. */
  custody: Set<string>
  visits: Map<string, VisitFact>
  /** Kinds of units that are no health centres; null where there is no such unit. */
  unitKinds: Map<string, 'NURSE_LINE_1177' | 'YOUTH_CLINIC' | 'CHILD_HEALTH' | null>
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for
  data: any
  errors: { message: string; path?: unknown[]; extensions: { code: string } }[] | undefined
}

/** The booted subgraph over real PostgreSQL, with clock, neighbours and SMS operator in the test's hands. */
export interface Service {
  platform: Platform
  /** The connections of the owner of the tables: they see and change what the subgraph's own may not. */
  owner: TestDatabase['owner']
  db: Db
  url: string
  databaseUrl: string
  neighbours: Neighbours
  /** What was sent, oldest first. `results` are given first; then everything is SENT. */
  sms: { sent: Sms[]; results: SmsResult[] }
  now(): Date
  setClock(instant: string): void
  ask(viewer: Viewer | null, query: string, variables?: object, language?: 'sv' | 'en'): Promise<Answer>
  /** Opens a subscription; ended with `stop`, if not before. */
  stream(viewer: Viewer, query: string, variables?: object): Promise<Stream>
  stop(): Promise<void>
}

/** `sweepEveryMs` is long unless a test wants the sweeper to act by itself; moving the clock makes it act at once. */
export async function startService(now: string, sweepEveryMs = 60_000): Promise<Service> {
  countBoot('subgraph')
  const postgres = await startSubgraphPostgres('messaging', (ownerUrl) => migrateService(ownerUrl, migration))
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
    DATABASE_URL: await postgres.login('messaging'),
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
  const platform: Platform = { ...(await bootPlatform('messaging', settings, createLogger('messaging', 'silent'))), clock }
  const neighbours = answerFor(platform)
  const sms: Service['sms'] = { sent: [], results: [] }
  const sender: SmsSender = {
    send: async (message) => {
      const result = sms.results.shift() ?? { kind: 'SENT', providerId: null }
      if (result.kind === 'SENT') sms.sent.push(message)
      return result
    },
    close: async () => {},
  }
  const operator = { SMS_OPERATOR_URL: nowhere, SMS_OPERATOR_USER: 'test', SMS_OPERATOR_PASSWORD: 'test' }
  const config = readSettings(messagingSettings, { NODE_ENV: 'test', ...operator })
  const running = await startMessaging({
    platform,
    policies: loadPolicies(),
    questionnaires: await loadQuestionnaires(config.QUESTIONNAIRE_DIR),
    sms: sender,
    config: { ...config, SWEEP_EVERY_MS: sweepEveryMs, SMS_REQUEUE_EVERY_MS: sweepEveryMs },
  })
  const url = `http://127.0.0.1:${running.port}/graphql`
  const db = connectDatabase(platform.pool)
  const streams = new Set<Stream>()
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, lazy: true })
  return {
    platform,
    owner: postgres.owner,
    db,
    url,
    databaseUrl: postgres.url,
    neighbours,
    sms,
    now: () => clock.now(),
    setClock,
    ask: async (viewer, query, variables = {}, language = 'sv') => {
      const headers = {
        'content-type': 'application/json',
        'accept-language': language,
        ...(viewer && (await signedViewer('messaging', viewer, clock.now()))),
      }
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
      return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
    },
    stream: async (viewer, query, variables = {}) => {
      const signed = (await signedViewer('messaging', viewer, clock.now()))[VIEWER_HEADER]
      const stream = new Stream(client, { query, variables: { ...variables }, extensions: { [VIEWER_HEADER]: signed } })
      streams.add(stream)
      return stream
    },
    stop: async () => {
      for (const stream of streams) stream.stop()
      await client.dispose()
      await running.stop()
      await postgres.stop()
    },
  }
}

function answerFor(platform: Platform): Neighbours {
  const neighbours: Neighbours = { people: new Map(), custody: new Set(), visits: new Map(), unitKinds: new Map() }
  const isUnder13 = (id: string): boolean => {
    const person = neighbours.people.get(id)
    return person !== undefined && ageAt(person.birthDate, platform.clock.now()) < 13
  }
  const others: FactProviders = {
    person: async (ids) =>
      ids.map((id) => {
        const person = neighbours.people.get(id)
        return person ? { id, listedUnitId: null, region: 'vastmanland', ...person } : null
      }),
    guardianship: async (keys) =>
      keys.map(({ guardianId, childId }) => neighbours.custody.has(`${guardianId} ${childId}`) && isUnder13(childId)),
    guardians: async (children) =>
      children.map((child) =>
        isUnder13(child) ? [...neighbours.custody].filter((pair) => pair.endsWith(child)).map((pair) => pair.slice(0, 36)) : [],
      ),
    contact: async (ids) =>
      ids.map((id) => {
        const person = neighbours.people.get(id)
        return person ? { phone: person.protectedIdentity ? null : person.phone } : null
      }),
    unit: async (keys) =>
      keys.map((hsaId) => {
        const kind = neighbours.unitKinds.has(hsaId) ? neighbours.unitKinds.get(hsaId) : 'HEALTH_CENTRE'
        return !kind ? null : { hsaId, name: hsaId, kind, region: 'vastmanland', selfBooking: false }
      }),
    visit: async (ids) => ids.map((id) => neighbours.visits.get(id) ?? null),
    visitRelation: async (keys) => keys.map(() => false),
  }
  Object.assign(platform.own, others)
  return neighbours
}
