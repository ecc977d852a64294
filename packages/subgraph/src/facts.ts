import { type ErrorCode, GraphError } from '@vardgraf/errors'
import type { Clock, Logger } from '@vardgraf/process'
import { type SigningKey, signService } from '@vardgraf/viewer'
import DataLoader from 'dataloader'
import { Pool } from 'undici'
import { currentLane, LANE_HEADER } from './lanes.js'

export type Region = string

export interface PersonFact {
  id: string
  /** `YYYY-MM-DD` */
  birthDate: string
  protectedIdentity: boolean
  /** HSA-id of the health centre where she is listed. */
  listedUnitId: string | null
  region: Region
}
export interface UnitFact {
  hsaId: string
  name: string
  kind: 'HEALTH_CENTRE' | 'NURSE_LINE_1177' | 'YOUTH_CLINIC' | 'CHILD_HEALTH'
  region: Region
  selfBooking: boolean
}
export interface CareCaseFact {
  id: string
  patientId: string
  /** HSA-id of the unit that handles it. */
  unitId: string
  status: string
  /** A case in which messages may be sent and visits booked. */
  ongoing: boolean
}
export interface VisitFact {
  id: string
  patientId: string
  unitId: string
  /** RFC 3339 */
  startsAt: string
  status: string
  channel: string
  profession: string
  visitTypeCode: string
}
export interface PatientAtUnit {
  patientId: string
  unitId: string
}

/** What a decision needs to know this instant, and who owns it. */
export interface FactTypes {
  person: { owner: 'patients'; key: string; value: PersonFact | null }
  /** Custody in force now, not blocked by a clinic, and the child is under 13 now. [R20] */
  guardianship: { owner: 'patients'; key: { guardianId: string; childId: string }; value: boolean }
  /** Who may act for the child now; none from 13. [R20] */
  guardians: { owner: 'patients'; key: string; value: string[] }
  /** Null phone where the identity is protected. Answered to messaging alone. [A5] */
  contact: { owner: 'patients'; key: string; value: { phone: string | null } | null }
  unit: { owner: 'patients'; key: string; value: UnitFact | null }
  careCase: { owner: 'messaging'; key: string; value: CareCaseFact | null }
  /** The unit handles an open case of the patient, or closed one at most 30 days ago. [A1] */
  caseRelation: { owner: 'messaging'; key: PatientAtUnit; value: boolean }
  visit: { owner: 'visits'; key: string; value: VisitFact | null }
  /** The patient has a visit at the unit, or had one at most 30 days ago. [A1] */
  visitRelation: { owner: 'visits'; key: PatientAtUnit; value: boolean }
}
export type FactName = keyof FactTypes
export type FactOwner = FactTypes[FactName]['owner']

const owners: { [F in FactName]: FactTypes[F]['owner'] } = {
  person: 'patients',
  guardianship: 'patients',
  guardians: 'patients',
  contact: 'patients',
  unit: 'patients',
  careCase: 'messaging',
  caseRelation: 'messaging',
  visit: 'visits',
  visitRelation: 'visits',
}

/** Answers many keys of one fact at once, in the order of the keys. `caller` is the asking service. */
export type FactProvider<F extends FactName> = (
  keys: readonly FactTypes[F]['key'][],
  caller: string,
) => Promise<FactTypes[F]['value'][]>
export type FactProviders = { [F in FactName]?: FactProvider<F> }

/** Asks owners for facts: batched per turn of the event loop, remembered for one request (or one event of a stream), never longer. */
export interface Facts {
  /** @throws GraphError FACTS_UNAVAILABLE when the owner does not answer in time: decisions fail closed. */
  get<F extends FactName>(fact: F, key: FactTypes[F]['key']): Promise<FactTypes[F]['value']>
}

export interface FactsSource {
  /** A new memory over the same connections. */
  facts(): Facts
  close(): Promise<void>
}

interface FactsOptions {
  self: string
  urls: Record<FactOwner, string>
  own: FactProviders
  key: SigningKey
  clock: Clock
  deadlineMs: number
  log: Logger
}

const MAX_BATCH = 500

export function factsSource(options: FactsOptions): FactsSource {
  const pools = new Map<string, Pool>()
  // One for each lane, or the facts of a thousand streams would stand before a request's.
  const poolOf = (owner: FactOwner): Pool => {
    const name = `${owner} ${currentLane()}`
    const pool = pools.get(name) ?? new Pool(options.urls[owner], { connections: 8, keepAliveTimeout: 4_000 })
    pools.set(name, pool)
    return pool
  }

  const load = async <F extends FactName>(fact: F, keys: readonly FactTypes[F]['key'][]): Promise<FactTypes[F]['value'][]> => {
    const own = options.own[fact] as FactProvider<F> | undefined
    if (own) return own(keys, options.self)
    return ask(poolOf(owners[fact]), fact, keys, options)
  }

  return {
    facts: () => {
      const loaders = new Map<FactName, DataLoader<unknown, unknown>>()
      return {
        get: <F extends FactName>(fact: F, key: FactTypes[F]['key']) => {
          let loader = loaders.get(fact)
          if (!loader) {
            loader = new DataLoader<unknown, unknown>((keys) => load(fact, keys as FactTypes[F]['key'][]), {
              cacheKeyFn: cacheKey,
              maxBatchSize: MAX_BATCH,
            })
            loaders.set(fact, loader)
          }
          return loader.load(key) as Promise<FactTypes[F]['value']>
        },
      }
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
    },
  }
}

async function ask<F extends FactName>(
  pool: Pool,
  fact: F,
  keys: readonly FactTypes[F]['key'][],
  { key, clock, deadlineMs, log }: FactsOptions,
): Promise<FactTypes[F]['value'][]> {
  try {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/internal/facts',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await signService(key, clock.now())}`,
        [LANE_HEADER]: currentLane(),
      },
      body: JSON.stringify({ [fact]: keys }),
      signal: AbortSignal.timeout(deadlineMs),
    })
    const answer = (await body.json()) as Record<string, FactTypes[F]['value'][]>
    const values = answer[fact]
    if (statusCode !== 200 || values?.length !== keys.length) throw new Error(`status ${statusCode}`)
    return values
  } catch (error) {
    log.warn({ err: error, fact, owner: owners[fact] }, 'a fact could not be had')
    throw new GraphError('FACTS_UNAVAILABLE' satisfies ErrorCode, { owner: owners[fact] })
  }
}

function cacheKey(key: unknown): string {
  return typeof key === 'string' ? key : JSON.stringify(Object.entries(key as object).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Answers the internal endpoint: `{ fact: keys }` → `{ fact: values }`.
 *  @throws RangeError for a fact that is not ours or keys that are not a list. */
export async function answerFacts(providers: FactProviders, body: unknown, caller: string): Promise<Record<string, unknown[]>> {
  const answers: Record<string, unknown[]> = {}
  for (const [fact, keys] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    const provider = Object.hasOwn(providers, fact) ? (providers[fact as FactName] as FactProvider<FactName>) : undefined
    if (!provider || !Array.isArray(keys) || keys.length > MAX_BATCH) throw new RangeError(`cannot answer ${fact}`)
    answers[fact] = await provider(keys, caller)
  }
  return answers
}
