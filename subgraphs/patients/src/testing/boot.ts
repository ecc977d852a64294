import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FactName, PatientAtUnit } from '@vardgraf/access'
import { createLogger, MovableClock, readSettings } from '@vardgraf/process'
import { globalId } from '@vardgraf/relay'
import { bootPlatform, migrateService, type Platform } from '@vardgraf/service'
import { countBoot, signedViewer, startSubgraphPostgres, testKeys } from '@vardgraf/testing'
import { signService, type Viewer } from '@vardgraf/viewer'
import { servePatients } from '../app.js'
import { patientsSettings } from '../config.js'
import { decideGuardianBlocks, type GuardianBlockDecisions } from '../guardianship/store.js'
import { migration } from '../migration.js'
import { withDatabase } from '../register/load-file.js'
import { type SeedData, seed } from '../seed.js'

/** The day on which the sandbox's data is loaded in these tests: Tuva turns 13 on 2026-11-27. */
const LOADED_ON = '2026-11-22'
const NOON = '2026-11-22T12:00:00+01:00'
const sessionExpiresAt = 4_000_000_000

const personId = (nn: number): string => `00000000-0000-7000-8000-${String(nn).padStart(12, '0')}`
/** Test persons by key, as in the README's table. */
export const people = {
  astrid: personId(1),
  gunilla: personId(3),
  goran: personId(4),
  tuva: personId(5),
  lo: personId(6),
  signe: personId(7),
  pia: personId(10),
  vera: personId(11),
} as const
export type PersonKey = keyof typeof people
export const patientId = (key: PersonKey): string => globalId('Patient', people[key])

export const anonymous: Viewer = { kind: 'ANONYMOUS' }
export const as = (key: PersonKey): Viewer => ({ kind: 'PATIENT', personId: people[key], sessionExpiresAt })
export const healthCentre1 = 'SE2321000172-H001'
/** The nurse of health centre 1. */
export const nurse: Viewer = {
  kind: 'STAFF',
  staffId: 'SE2321000172-1001',
  unitId: healthCentre1,
  role: 'NURSE',
  sessionExpiresAt,
}

export interface Answer {
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions: { code: string } }[]
}
export type Booted = Awaited<ReturnType<typeof bootPatients>>

/** The subgraph as in production over a real database with the sandbox's data; the neighbours' facts, the clock and some settings are the test's. */
export async function bootPatients(more: { POLICY_DIR?: string } = {}) {
  countBoot('subgraph')
  const postgres = await startSubgraphPostgres('patients', (ownerUrl) => migrateService(ownerUrl, migration))
  const databaseUrl = await postgres.login('patients')
  await seed(databaseUrl, await sandboxData(), new Date(NOON))
  const neighbours = await serveNeighbours()
  const keys = await testKeys()
  const settings = readSettings(patientsSettings, {
    ...keys.env('patients'),
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    PATIENTS_URL: neighbours.url,
    VISITS_URL: neighbours.url,
    MESSAGING_URL: neighbours.url,
    ...more,
  })
  const platform = await bootPlatform('patients', settings, createLogger('patients', 'silent'))
  const statements = countStatements(platform.pool.of('requests'))
  const clock = new MovableClock()
  const setClock = (at: string): void => clock.set({ version: 0, offsetMs: 0, frozenAt: new Date(at).toISOString() })
  setClock(NOON)
  const running = await servePatients(Object.assign(platform, { clock }), settings)
  const url = `http://127.0.0.1:${running.port}`

  const post = async (path: string, headers: Record<string, string>, body: unknown) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  return {
    url,
    databaseUrl,
    /** The connections of the owner of the tables: they see and change what the subgraph's own may not. */
    pool: postgres.owner,
    /** How many SQL statements the subgraph has sent so far. */
    statements,
    setClock,
    setNoon: () => setClock(NOON),
    /** Pairs of patient and unit with a care relation, as messaging would know them. */
    relations: neighbours.relations,
    /** Asks as the gateway would for this viewer. */
    ask: async (viewer: Viewer, query: string, variables: object = {}): Promise<Answer> => {
      const { body } = await post('/graphql', await signedViewer('patients', viewer, clock.now()), { query, variables })
      return body as Answer
    },
    /** Calls an internal endpoint in the name of a service. */
    call: async (service: string, endpoint: string, body: unknown) => {
      const token = await signService('patients', await keys.key(service), clock.now())
      return post(`/internal/${endpoint}`, { authorization: `Bearer ${token}` }, body)
    },
    post,
    /** What units decide about guardians, by the program's own way. */
    decide: ({ blocks = [], lifts = [] }: Partial<GuardianBlockDecisions>) =>
      withDatabase(postgres.url, (db) => decideGuardianBlocks(db, { blocks, lifts })),
    stop: async () => {
      await running.stop()
      await neighbours.stop()
      await postgres.stop()
    },
  }
}

function countStatements(pool: ReturnType<Platform['pool']['of']>): () => number {
  let count = 0
  const query = pool.query.bind(pool)
  pool.query = ((...args: Parameters<typeof query>) => {
    count += 1
    return query(...args)
  }) as typeof pool.query
  return () => count
}

/** Visits and messaging in one: they know which care relations there are, and nothing else. */
async function serveNeighbours() {
  const relations: PatientAtUnit[] = []
  const related = ({ patientId, unitId }: PatientAtUnit): boolean =>
    relations.some((relation) => relation.patientId === patientId && relation.unitId === unitId)
  const server = createServer(async (request, response) => {
    const asked = (await new Response(request as never).json()) as { [F in FactName]?: PatientAtUnit[] }
    const answers = Object.entries(asked).map(([fact, keys]) => [
      fact,
      keys.map((key) => fact === 'caseRelation' && related(key)),
    ])
    response.end(JSON.stringify(Object.fromEntries(answers)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    relations,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** The data that `npm start` loads. The path is computed: production code of this package must not be able to see the sandbox. */
async function sandboxData(): Promise<SeedData> {
  const read = (file: string) => import(new URL(`../../../../sandbox/src/data/${file}.ts`, import.meta.url).href)
  const [{ units }, { personsOf, guardianshipsOf, staff }] = await Promise.all([read('units'), read('persons')])
  const persons = personsOf(LOADED_ON)
  return { units, persons, guardianships: guardianshipsOf(persons), staff }
}
