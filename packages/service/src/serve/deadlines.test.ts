import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Access, allow } from '@vardgraf/access'
import { createLogger, DEADLINE_HEADER, REQUEST_ID_HEADER } from '@vardgraf/process'
import { signedViewer, startPostgres, testKeys } from '@vardgraf/testing'
import { VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'
import { createClient } from 'graphql-ws'
import pg from 'pg'
import { Arg, Ctx, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  bootPlatform,
  live,
  migrateService,
  type Platform,
  poolDefaults,
  type RequestContext,
  type RunningSubgraph,
  serveSubgraph,
} from '../index.js'

/** Long: what is still there when a test looks was not cancelled. */
const SLOW = 'SELECT pg_sleep(60)'
let platform: Platform
let begun = 0

@Resolver()
class SlowResolver {
  @Access(allow)
  @Query(() => Boolean, { description: 'A slow statement.' })
  async slow(): Promise<boolean> {
    await platform.pool.query(SLOW)
    return true
  }

  @Access(allow)
  @Query(() => Boolean, { description: 'A fact whose owner is slow.' })
  async fact(@Ctx() ctx: RequestContext): Promise<boolean> {
    return (await ctx.facts.get('person', 'p')) !== null
  }

  @Access(allow)
  @Query(() => Boolean, { description: 'Takes longer than the deadline before it asks the database.' })
  async late(): Promise<boolean> {
    await sleep(300)
    begun += 1
    await platform.pool.query(SLOW)
    return true
  }

  @Access(allow)
  @Mutation(() => Boolean, { description: 'Two rows in one slow transaction.' })
  async write(@Arg('seconds', () => String, { description: 'Between them.' }) seconds: string): Promise<boolean> {
    const client = await platform.pool.connect()
    try {
      await client.query("BEGIN; INSERT INTO visits.written VALUES ('first')")
      await client.query('SELECT pg_sleep($1)', [seconds])
      await client.query("INSERT INTO visits.written VALUES ('second'); COMMIT")
    } finally {
      client.release()
    }
    return true
  }

  @Access(allow)
  @Mutation(() => Boolean, { description: 'Changes a row that somebody else holds.' })
  async contend(): Promise<boolean> {
    await platform.pool.query("UPDATE visits.held SET at = 'x'")
    return true
  }

  @Access(allow)
  @Subscription(() => String, {
    description: 'Its first look is slow.',
    subscribe: ({ context }) =>
      live<string>(platform, {
        ctx: context as RequestContext,
        topics: [],
        after: null,
        read: async () => {
          await platform.pool.query(SLOW)
          return { items: ['x'], cursor: null }
        },
        mayContinue: async () => true,
      }),
  })
  looked(@Root() item: string): string {
    return item
  }
}

const astrid: Viewer = { kind: 'PATIENT', personId: 'astrid', sessionExpiresAt: 4_000_000_000 }

describe('work that nobody waits for', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let running: RunningSubgraph
  let admin: pg.Client
  let owner: Server
  const asked: { headers: Record<string, unknown>; closed: Promise<unknown> }[] = []
  let url: string

  beforeAll(async () => {
    postgres = await startPostgres()
    await migrateService(postgres.url, {
      service: 'visits',
      schema: 'visits',
      apply: async (ownerUrl) => {
        const owner = new pg.Client({ connectionString: ownerUrl })
        await owner.connect()
        await owner.query(
          "CREATE SCHEMA visits; CREATE TABLE visits.written (what text); CREATE TABLE visits.held (at text); INSERT INTO visits.held VALUES ('a')",
        )
        await owner.end()
        return []
      },
    })
    admin = new pg.Client({ connectionString: postgres.url })
    await admin.connect()
    // An owner of facts that never answers.
    owner = createServer((request, response) => {
      asked.push({ headers: request.headers, closed: once(response, 'close') })
    })
    owner.listen(0, '127.0.0.1')
    await once(owner, 'listening')
    const patients = `http://127.0.0.1:${(owner.address() as AddressInfo).port}`
    platform = await bootPlatform(
      'visits',
      {
        ...(await testKeys()).env('visits'),
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        HOST: '127.0.0.1',
        SANDBOX_CLOCK_URL: undefined,
        ...poolDefaults,
        PORT: 0,
        DATABASE_URL: await postgres.login('visits'),
        PATIENTS_URL: patients,
        VISITS_URL: patients,
        MESSAGING_URL: patients,
        FACTS_DEADLINE_MS: 10_000,
        MAX_EVENT_BYTES: 2_097_152,
        MAX_ANSWER_BYTES: 8_000_000,
        STATEMENT_TIMEOUT_MS: 100_000,
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
          resolvers: [SlowResolver],
          references: {},
        },
      ],
    })
    url = `http://127.0.0.1:${running.port}/graphql`
  })
  afterAll(async () => {
    await running.stop()
    await admin.end()
    await postgres.stop()
    owner.closeAllConnections()
    owner.close()
  })

  const ask = async (query: string, deadlineMs: number, signal?: AbortSignal) => {
    const headers = {
      'content-type': 'application/json',
      [DEADLINE_HEADER]: String(deadlineMs),
      [REQUEST_ID_HEADER]: 'request-0001',
      ...(await signedViewer('visits', astrid)),
    }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }), ...(signal && { signal }) })
    return (await response.json()) as { data?: unknown; errors?: { extensions: Record<string, unknown> }[] }
  }
  const sleeping = async (): Promise<number> => {
    const { rows } = await admin.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()",
    )
    return rows.length
  }

  it('ends in the database when the caller has closed the connection', async () => {
    const caller = new AbortController()
    const asks = Array.from({ length: 5 }, () => ask('{ slow }', 30_000, caller.signal).catch(() => 'gone'))
    await expect.poll(sleeping).toBe(5)
    caller.abort()
    await Promise.all(asks)
    await expect.poll(sleeping, { timeout: 10_000 }).toBe(0)
  })

  it('ends in the database at the deadline, with a code that says that to try again can help', async () => {
    const { errors } = await ask('{ slow }', 200)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_TIMEOUT', retryable: true })
    await expect.poll(sleeping, { timeout: 10_000 }).toBe(0)
  })

  it('gives up its place among those who wait for a connection', async () => {
    const taken = await Promise.all(
      Array.from({ length: poolDefaults.DATABASE_REQUEST_CONNECTIONS }, () => platform.pool.of('requests').connect()),
    )
    const { errors } = await ask('{ slow }', 200)
    expect(errors?.[0]?.extensions.code).toBe('SUBGRAPH_TIMEOUT')
    for (const client of taken) client.release()
    expect(await ask('{ __typename }', 5_000)).toEqual({ data: { __typename: 'Query' } })
    expect(await sleeping()).toBe(0)
  })

  it('asks nothing more of the database after the deadline', async () => {
    const before = begun
    expect((await ask('{ late }', 100)).errors?.[0]?.extensions.code).toBe('SUBGRAPH_TIMEOUT')
    expect(begun).toBe(before + 1)
    expect(await sleeping()).toBe(0)
  })

  it('hands on to an owner of facts what is left of its time and its id, and hangs up when it has ended', async () => {
    const { errors } = await ask('{ fact }', 400)
    expect(errors?.[0]?.extensions.code).toBe('FACTS_UNAVAILABLE')
    const question = asked.at(-1)
    expect(question?.headers[REQUEST_ID_HEADER]).toBe('request-0001')
    const left = Number(question?.headers[DEADLINE_HEADER])
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(400)
    await question?.closed
  })

  it('does not tear a transaction that has begun: it is stored whole', async () => {
    await ask('mutation { write(seconds: "0.6") }', 100)
    const rows = async () => (await admin.query('SELECT what FROM visits.written')).rows
    await expect.poll(rows, { timeout: 10_000 }).toEqual([{ what: 'first' }, { what: 'second' }])
  })

  it('waits for a row that somebody else holds only so long, and says to try again', async () => {
    await admin.query("BEGIN; UPDATE visits.held SET at = 'b'")
    const { errors } = await ask('mutation { contend }', 20_000)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'TRY_AGAIN_LATER', retryable: true, retryAfterMs: expect.any(Number) })
    await admin.query('ROLLBACK')
    expect(await ask('mutation { contend }', 20_000)).toEqual({ data: { contend: true } })
  })

  it('ends in the database when a stream is left, and at the deadline of its event', async () => {
    const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })
    const viewer = (await signedViewer('visits', astrid))[VIEWER_HEADER]
    const listen = (deadlineMs: number) =>
      client.iterate({
        query: 'subscription { looked }',
        extensions: { [VIEWER_HEADER]: viewer, [DEADLINE_HEADER]: deadlineMs },
      })
    const left = listen(60_000)
    const next = left.next()
    await expect.poll(sleeping).toBe(1)
    await left.return?.()
    await next
    await expect.poll(sleeping, { timeout: 10_000 }).toBe(0)
    // Each look ends by itself; the stream looks again from its cursor.
    const slow = listen(150)
    void slow.next()
    const activity = new Set<string>()
    await expect
      .poll(
        async () => {
          const { rows } = await admin.query<{ query_start: Date }>(
            "SELECT query_start FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()",
          )
          for (const row of rows) activity.add(row.query_start.toISOString())
          return activity.size
        },
        { timeout: 10_000, interval: 20 },
      )
      .toBeGreaterThan(1)
    await slow.return?.()
    await client.dispose()
    await expect.poll(sleeping, { timeout: 10_000 }).toBe(0)
  })
})
