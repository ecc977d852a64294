import type { CareCaseFact, FactProviders, UnitFact } from '@vardgraf/access'
import { loadPolicies } from '@vardgraf/policy'
import { type Clock, createLogger, MovableClock } from '@vardgraf/process'
import { globalId } from '@vardgraf/relay'
import { bootPlatform, migrateService, type Platform, poolDefaults } from '@vardgraf/service'
import { countBoot, signedViewer, startSubgraphPostgres, type TestDatabase, testKeys } from '@vardgraf/testing'
import type { StaffRole, Viewer } from '@vardgraf/viewer'
import { startVisits } from '../app.js'
import type { Services } from '../context.js'
import { connectDatabase } from '../database.js'
import { migration } from '../migration.js'

/** What the other subgraphs would say: tests change it as they go. */
interface Neighbours {
  /** `guardian child`: who may act for whom now. */
  guardianships: Set<string>
  cases: Map<string, CareCaseFact>
  /** `patient unit`: related through a case. */
  caseRelations: Set<string>
  regions: Map<string, string>
  /** Units that are no health centres. */
  kinds: Map<string, UnitFact['kind']>
  /** Patient to the health centre where she is listed. */
  listings: Map<string, string>
}

interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for
  data: any
  errors: { message: string; path?: unknown[]; extensions: { code: string } }[] | undefined
}

/** The booted subgraph over real PostgreSQL, with a clock and neighbours in the test's hands. */
export interface Service {
  platform: Platform
  /** What the process holds, over the same connections. */
  services: Services
  /** The connections of the owner of the tables: they see and change what the subgraph's own may not. */
  owner: TestDatabase['owner']
  neighbours: Neighbours
  setClock(instant: string): void
  ask(viewer: Viewer | null, query: string, variables?: object): Promise<Answer>
  stop(): Promise<void>
}

export async function startService(now: string): Promise<Service> {
  countBoot('subgraph')
  const postgres = await startSubgraphPostgres('visits', (ownerUrl) => migrateService(ownerUrl, migration))
  const clock = new MovableClock()
  const setClock = (instant: string): void => clock.set({ version: 0, offsetMs: 0, frozenAt: new Date(instant).toISOString() })
  setClock(now)
  const nowhere = 'http://127.0.0.1:1'
  const settings = {
    ...(await testKeys()).env('visits'),
    NODE_ENV: 'test' as const,
    LOG_LEVEL: 'silent' as const,
    HOST: '127.0.0.1',
    PORT: 0,
    DATABASE_URL: await postgres.login('visits'),
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
  const platform: Platform = {
    ...(await bootPlatform('visits', settings, createLogger('visits', 'silent'))),
    clock: clock as Clock,
  }
  const neighbours = answerFor(platform)
  const policies = loadPolicies()
  const running = await startVisits(platform, policies)
  const { pool, bus } = platform
  return {
    platform,
    services: { db: connectDatabase(pool), pool, bus, clock: platform.clock, policies },
    owner: postgres.owner,
    neighbours,
    setClock,
    ask: async (viewer, query, variables = {}) => {
      const headers = { 'content-type': 'application/json', ...(viewer && (await signedViewer('visits', viewer, clock.now()))) }
      const response = await fetch(`http://127.0.0.1:${running.port}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query, variables }),
      })
      return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
    },
    stop: async () => {
      await running.stop()
      await postgres.stop()
    },
  }
}

function answerFor(platform: Platform): Neighbours {
  const neighbours: Neighbours = {
    guardianships: new Set(),
    cases: new Map(),
    caseRelations: new Set(),
    regions: new Map(),
    kinds: new Map(),
    listings: new Map(),
  }
  const others: FactProviders = {
    guardianship: async (keys) => keys.map(({ guardianId, childId }) => neighbours.guardianships.has(`${guardianId} ${childId}`)),
    careCase: async (keys) => keys.map((key) => neighbours.cases.get(key) ?? null),
    caseRelation: async (keys) => keys.map(({ patientId, unitId }) => neighbours.caseRelations.has(`${patientId} ${unitId}`)),
    unit: async (keys) =>
      keys.map((hsaId) => {
        const region = neighbours.regions.get(hsaId) ?? 'vastra-gotaland'
        return { hsaId, name: hsaId, kind: neighbours.kinds.get(hsaId) ?? 'HEALTH_CENTRE', region, selfBooking: false }
      }),
    person: async (ids) =>
      ids.map((id) => ({
        id,
        birthDate: '1990-01-01',
        protectedIdentity: false,
        listedUnitId: neighbours.listings.get(id) ?? null,
        region: 'vastra-gotaland',
      })),
  }
  Object.assign(platform.own, others)
  return neighbours
}

const sessionExpiresAt = 4_000_000_000
export const patient = (personId: string): Viewer => ({ kind: 'PATIENT', personId, sessionExpiresAt })
export const staff = (unitId: string, role: StaffRole, staffId = `${role} at ${unitId}`): Viewer => ({
  kind: 'STAFF',
  staffId,
  unitId,
  role,
  sessionExpiresAt,
})
export const nurse = (unitId: string, staffId = `nurse at ${unitId}`): Viewer => staff(unitId, 'NURSE', staffId)
export const anonymous: Viewer = { kind: 'ANONYMOUS' }

/** A local id for a test: `uuid(7)` is always the same. */
export const uuid = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/** An ongoing case that a unit handles, started there or elsewhere, told to the subgraph with its care relation; gives its global id. */
export function openCase(
  { neighbours }: Service,
  caseId: string,
  patientId: string,
  unitId: string,
  startedAtUnitId = unitId,
): string {
  neighbours.cases.set(caseId, { id: caseId, patientId, unitId, startedAtUnitId, status: 'ASSIGNED', ongoing: true })
  neighbours.caseRelations.add(`${patientId} ${unitId}`)
  return globalId('CareCase', caseId)
}

/** Staff have ended the case. */
export function endCase({ neighbours }: Service, caseId: string): void {
  const careCase = neighbours.cases.get(caseId)
  if (careCase) neighbours.cases.set(caseId, { ...careCase, status: 'CLOSED', ongoing: false })
}
