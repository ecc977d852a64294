import { setTimeout as sleep } from 'node:timers/promises'
import { Access, allow } from '@vardgraf/access'
import { createLogger } from '@vardgraf/process'
import { signedViewer, startPostgres, type TestDatabase, testKeys } from '@vardgraf/testing'
import { signService, VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'
import { createClient } from 'graphql-ws'
import { Arg, Ctx, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  bootPlatform,
  inLane,
  live,
  migrateService,
  type Platform,
  poolDefaults,
  type RequestContext,
  type RunningSubgraph,
  serveSubgraph,
} from '../index.js'
import { LANE_HEADER, lanes } from './lanes.js'

const nurse: Viewer = { kind: 'STAFF', staffId: 's', unitId: 'u', role: 'NURSE', sessionExpiresAt: 4_000_000_000 }
/** Held for as long as a test holds it: whatever waits for it has taken its connection. */
const GATE = 4_711
const AT_THE_GATE = `SELECT pg_advisory_lock_shared(${GATE}), pg_advisory_unlock_shared(${GATE}), current_setting('application_name') AS name`

let postgres: TestDatabase
let platform: Platform
let running: RunningSubgraph

@Resolver()
class GateResolver {
  @Access(allow)
  @Query(() => String, { description: 'Which connections are used; logs the look.' })
  async used(@Ctx() ctx: RequestContext): Promise<string> {
    const { rows } = await platform.pool.query<{ name: string }>("SELECT current_setting('application_name') AS name")
    await ctx.audit.access({ patientId: 'p', what: 'Used', id: 'u' })
    return rows[0]?.name ?? ''
  }

  @Access(allow)
  @Query(() => String, { description: 'Takes its time in the database.' })
  async busy(@Arg('ms', () => Int, { description: 'Milliseconds.' }) ms: number): Promise<string> {
    await platform.pool.query('SELECT pg_sleep($1)', [ms / 1000])
    return 'done'
  }

  @Access(allow)
  @Mutation(() => String, { description: 'Waits at the gate inside a transaction.' })
  async wait(): Promise<string> {
    const client = await platform.pool.connect()
    try {
      return (await client.query<{ name: string }>(AT_THE_GATE)).rows[0]?.name ?? ''
    } finally {
      client.release()
    }
  }

  @Access(allow)
  @Subscription(() => String, {
    description: 'Looks once, at the gate.',
    subscribe: ({ context }) =>
      live(platform, { ctx: context as never, topics: [], after: null, mayContinue: async () => true, read: look }),
  })
  async looked(@Root() first: string): Promise<string> {
    const { rows } = await platform.pool.query<{ name: string }>(AT_THE_GATE)
    return `${first}, ${rows[0]?.name}`
  }
}
const look = async () => {
  const { rows } = await platform.pool.query<{ name: string }>(AT_THE_GATE)
  return { items: [rows[0]?.name ?? ''], cursor: null, done: true }
}

beforeAll(async () => {
  postgres = await startPostgres()
  await migrateService(postgres.url, { service: 'visits', schema: null, apply: async () => [] })
  platform = await bootPlatform(
    'visits',
    {
      ...(await testKeys()).env('visits'),
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HOST: '127.0.0.1',
      PORT: 0,
      DATABASE_URL: await postgres.login('visits'),
      ...poolDefaults,
      DATABASE_MAX_WAITING: 50,
      PATIENTS_URL: 'http://127.0.0.1:1',
      VISITS_URL: 'http://127.0.0.1:1',
      MESSAGING_URL: 'http://127.0.0.1:1',
      FACTS_DEADLINE_MS: 300,
      MAX_EVENT_BYTES: 2_097_152,
      MAX_ANSWER_BYTES: 8_000_000,
      STATEMENT_TIMEOUT_MS: 5_000,
      INTROSPECTION: true,
    },
    createLogger('visits', 'silent'),
  )
  running = await serveSubgraph({
    platform,
    services: {},
    context: (base) => base,
    features: [
      {
        resolvers: [GateResolver],
        references: {},

        facts: () => ({
          visitRelation: async (keys) => {
            await platform.pool.query(AT_THE_GATE)
            return keys.map(() => false)
          },
        }),
      },
    ],
  })
})
afterAll(async () => {
  await running?.stop()
  await postgres?.stop()
})

interface Answer {
  data: Record<string, string> | null
  errors?: { extensions: { code: string; retryable?: boolean; retryAfterMs?: number } }[]
}
const ask = async (query: string): Promise<Answer> => {
  const response = await fetch(`http://127.0.0.1:${running.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await signedViewer('visits', nurse)) },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as Answer
}
const askFact = async (lane?: string): Promise<Response> => {
  const token = await signService('visits', await (await testKeys()).key('messaging'), new Date())
  return fetch(`http://127.0.0.1:${running.port}/internal/facts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...(lane && { [LANE_HEADER]: lane }) },
    body: JSON.stringify({ visitRelation: [{ patientId: 'p', unitId: 'u' }] }),
  })
}

/** Shuts the gate, and opens it again. */
let shut: { open(): Promise<void> } | null = null
async function shutGate(): Promise<void> {
  const client = await postgres.owner.connect()
  await client.query('SELECT pg_advisory_lock($1)', [GATE])
  shut = {
    open: async () => {
      shut = null
      await client.query('SELECT pg_advisory_unlock($1)', [GATE])
      client.release()
    },
  }
}
afterEach(() => shut?.open())

/** Until so many connections wait at the gate. */
async function waiting(count: number): Promise<string[]> {
  for (;;) {
    const { rows } = await postgres.owner.query<{ name: string }>(
      `SELECT application_name AS name FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rows.length >= count) return rows.map(({ name }) => name)
    await sleep(20)
  }
}

/** Opens so many streams of as many viewers; gives what they got when they have ended. */
async function openStreams(count: number) {
  const client = createClient({ url: `ws://127.0.0.1:${running.port}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 })
  const extensions = { [VIEWER_HEADER]: (await signedViewer('visits', nurse))[VIEWER_HEADER] }
  const read = async (): Promise<unknown> => {
    const events: unknown[] = []
    for await (const { data } of client.iterate({ query: 'subscription { looked }', extensions })) events.push(data)
    return events
  }
  const ended = Promise.all(Array.from({ length: count }, read))
  return { ended, close: () => client.dispose() }
}

describe('the connections of a subgraph', () => {
  it('of streams are their own: with all of them held, a request is answered and its look logged', async () => {
    await shutGate()
    const streams = await openStreams(40)
    expect(new Set(await waiting(3))).toEqual(new Set(['visits streams']))
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('{ used }')))
    expect(new Set(answers.map(({ data }) => data?.used))).toEqual(new Set(['visits requests']))
    await shut?.open()
    expect(new Set((await streams.ended).map((events) => JSON.stringify(events)))).toEqual(
      new Set(['[{"looked":"visits streams, visits streams"}]']),
    )
    await streams.close()
  })

  it('of the background are their own: sweeps that hang hold up neither requests nor streams', async () => {
    await shutGate()
    const sweeps = Promise.all(Array.from({ length: 10 }, () => platform.pool.query(AT_THE_GATE)))
    expect(new Set(await waiting(3))).toEqual(new Set(['visits background']))
    expect((await ask('{ used }')).data).toEqual({ used: 'visits requests' })
    await shut?.open()
    await sweeps
  })

  it('of requests are theirs alone: with all of them held, streams and jobs go on, and so does the access log', async () => {
    await shutGate()
    const requests = Array.from({ length: 8 }, () => ask('mutation { wait }'))
    await waiting(8)
    for (const lane of ['streams', 'background'] as const) {
      const { rows } = await inLane(lane, () => platform.pool.query("SELECT current_setting('application_name') AS name"))
      expect(rows).toEqual([{ name: `visits ${lane}` }])
    }
    for (const lane of lanes) await inLane(lane, () => platform.accessLog.query("SELECT current_setting('application_name')"))
    await shut?.open()
    expect(new Set((await Promise.all(requests)).map(({ data }) => data?.wait))).toEqual(new Set(['visits requests']))
  })

  it('are those of the lane in which another subgraph asks for a fact', async () => {
    await shutGate()
    const asked = [askFact('streams'), askFact('background'), askFact(), askFact('the wrong name')]
    expect((await waiting(4)).sort()).toEqual(['visits background', 'visits requests', 'visits requests', 'visits streams'])
    await shut?.open()
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })

  it('let a request wait for a bounded time: then it is told to come back, and the process stays ready', async () => {
    await shutGate()
    const requests = Array.from({ length: 8 }, () => ask('mutation { wait }'))
    await waiting(8)
    expect((await fetch(`http://127.0.0.1:${running.port}/health/ready`)).status).toBe(200)
    const late = await ask('{ used }')
    expect(late.errors?.[0]?.extensions).toMatchObject({ code: 'TRY_AGAIN_LATER', retryable: true })
    expect(late.errors?.[0]?.extensions.retryAfterMs).toBeGreaterThan(0)
    await shut?.open()
    await Promise.all(requests)
  })

  it('are shared by 500 requests at once: each is answered, or told to come back, and none fails otherwise', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, () => ask('{ busy(ms: 100) }')))
    const told = Object.groupBy(answers, ({ data, errors }) => errors?.[0]?.extensions.code ?? data?.busy ?? 'nothing')
    expect(Object.keys(told).sort()).toEqual(['TRY_AGAIN_LATER', 'done'])
    expect(told.done?.length).toBeGreaterThanOrEqual(58)
    expect((await ask('{ used }')).data).toEqual({ used: 'visits requests' })
  })
})
