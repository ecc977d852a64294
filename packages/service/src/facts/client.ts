import {
  contract,
  type FactName,
  type FactProvider,
  type FactProviders,
  type Facts,
  type FactTypes,
  mayAsk,
} from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import type { FactOwner } from '@vardgraf/manifest'
import { type Clock, currentWork, DEADLINE_HEADER, type Logger, REQUEST_ID_HEADER } from '@vardgraf/process'
import { type SigningKey, signService } from '@vardgraf/viewer'
import DataLoader from 'dataloader'
import { Pool } from 'undici'
import { currentLane, LANE_HEADER } from '../database/lanes.js'
import { MAX_BATCH } from './endpoint.js'
import { NotForCaller } from './not-for-caller.js'

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
