import { GraphError } from '@vardgraf/errors'
import type { FactOwner, SubgraphName } from '@vardgraf/manifest'
import { type Clock, currentWork, DEADLINE_HEADER, type Logger, REQUEST_ID_HEADER } from '@vardgraf/process'
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
  /** Whose policy applies to her; null until the register has told. */
  region: Region | null
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
  /** HSA-id of the unit whose staff may see it now: it handles the case, or did until lately; null where there is none. [A1] */
  unitId: string | null
  /** HSA-id of the unit where it was started: visits are booked there. [R36] */
  startedAtUnitId: string
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
  /** Null phone where the identity is protected. [A5] */
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

/** Who may ask for which fact besides its owner: what is not here is refused by the owner, and not sent by the asker. */
export const contract: { readonly [F in FactName]: { owner: FactTypes[F]['owner']; askers: readonly SubgraphName[] } } = {
  person: { owner: 'patients', askers: ['visits', 'messaging', 'billing'] },
  guardianship: { owner: 'patients', askers: ['visits', 'messaging', 'billing'] },
  guardians: { owner: 'patients', askers: ['messaging'] },
  contact: { owner: 'patients', askers: ['messaging'] },
  unit: { owner: 'patients', askers: ['visits', 'messaging', 'billing'] },
  careCase: { owner: 'messaging', askers: ['visits', 'billing'] },
  caseRelation: { owner: 'messaging', askers: ['patients', 'visits', 'billing'] },
  visit: { owner: 'visits', askers: ['messaging', 'billing'] },
  visitRelation: { owner: 'visits', askers: ['patients', 'messaging', 'billing'] },
}

const mayAsk = (asker: string, fact: FactName): boolean => {
  const { owner, askers } = contract[fact]
  return asker === owner || (askers as readonly string[]).includes(asker)
}

/** A genuine process asked for what is not for it: 403, and logged. */
export class NotForCaller extends Error {
  constructor(
    readonly what: string,
    readonly caller: string,
  ) {
    super(`${what} is not for ${caller}`)
  }
}

/** Answers many keys of one fact at once, in the order of the keys. */
export type FactProvider<F extends FactName> = (keys: readonly FactTypes[F]['key'][]) => Promise<FactTypes[F]['value'][]>
export type FactProviders = { [F in FactName]?: FactProvider<F> }

/** Asks owners for facts: batched per turn of the event loop, remembered for one request (or one event of a stream), never longer. */
export interface Facts {
  /** @throws GraphError FACTS_UNAVAILABLE when the owner does not answer in time: decisions fail closed.
   *  @throws NotForCaller when the contract does not give us this fact */
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
    if (own) return own(keys)
    return ask(poolOf(contract[fact].owner), fact, keys, options)
  }

  return {
    facts: () => {
      const loaders = new Map<FactName, DataLoader<unknown, unknown>>()
      return {
        get: async <F extends FactName>(fact: F, key: FactTypes[F]['key']) => {
          if (!mayAsk(options.self, fact)) throw new NotForCaller(fact, options.self)
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
  const { owner } = contract[fact]
  const work = currentWork()
  // No longer than what is left for whoever asked us.
  const leftMs = Math.min(deadlineMs, work?.remainingMs?.() ?? deadlineMs)
  const deadline = AbortSignal.timeout(leftMs)
  try {
    const token = await signService(owner, key, clock.now())
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/internal/facts',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        [DEADLINE_HEADER]: String(leftMs),
        [LANE_HEADER]: currentLane(),
        ...(work && { [REQUEST_ID_HEADER]: work.requestId }),
      },
      body: JSON.stringify({ [fact]: keys }),
      signal: work?.signal ? AbortSignal.any([deadline, work.signal]) : deadline,
    })
    const answer = (await body.json()) as Record<string, FactTypes[F]['value'][]>
    const values = answer[fact]
    if (statusCode !== 200 || values?.length !== keys.length) throw new Error(`status ${statusCode}`)
    return values
  } catch (error) {
    // Which of our processes is away is for the log: outside it says nothing, and tells how we are built.
    log.warn({ err: error, fact, owner }, 'a fact could not be had')
    throw new GraphError('FACTS_UNAVAILABLE')
  }
}

function cacheKey(key: unknown): string {
  return typeof key === 'string' ? key : JSON.stringify(Object.entries(key as object).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Answers the internal endpoint: `{ fact: keys }` → `{ fact: values }`.
 *  @throws RangeError for a fact that is not ours or keys that are not a list
 *  @throws NotForCaller before anything is looked up, when one of the facts is not for the caller */
export async function answerFacts(providers: FactProviders, body: unknown, caller: string): Promise<Record<string, unknown[]>> {
  const questions = Object.entries((body ?? {}) as Record<string, unknown>).map(([name, keys]) => {
    const provider = Object.hasOwn(providers, name) ? (providers[name as FactName] as FactProvider<FactName>) : undefined
    if (!provider || !Array.isArray(keys) || keys.length > MAX_BATCH) throw new RangeError(`cannot answer ${name}`)
    if (!mayAsk(caller, name as FactName)) throw new NotForCaller(name, caller)
    return { name, keys, provider }
  })
  const answers: Record<string, unknown[]> = {}
  for (const { name, keys, provider } of questions) answers[name] = await provider(keys)
  return answers
}
