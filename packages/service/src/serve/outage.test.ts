import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { Access, allow, maySee, objectRule } from '@vardgraf/access'
import { createLogger, DEADLINE_HEADER } from '@vardgraf/process'
import { signedViewer, startPostgres, testKeys } from '@vardgraf/testing'
import type { Viewer } from '@vardgraf/viewer'
import { Ctx, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bootPlatform,
  migrateService,
  type Platform,
  poolDefaults,
  type RequestContext,
  type RunningSubgraph,
  serveSubgraph,
} from '../index.js'

/** Stands between a subgraph and its database: lets through, refuses, or swallows all that is said. */
class Line {
  private server: Server | null = null
  private readonly sockets = new Set<Socket>()
  private silent = false
  port = 0

  constructor(private readonly to: URL) {}

  async open(): Promise<void> {
    this.silent = false
    this.server = createServer((client) => {
      this.sockets.add(client.on('error', () => {}))
      if (this.silent) return
      const database = connect(Number(this.to.port), this.to.hostname)
      this.sockets.add(database.on('error', () => {}))
      client.pipe(database).pipe(client)
    })
    this.server.listen(this.port, '127.0.0.1')
    await once(this.server, 'listening')
    this.port = (this.server.address() as { port: number }).port
  }

  /** Every connection breaks; new ones are refused. */
  refuse(): void {
    this.server?.close()
    this.breakAll()
  }

  /** Every connection breaks; new ones are taken, and nothing is ever said on them. */
  swallow(): void {
    this.silent = true
    this.breakAll()
  }

  private breakAll(): void {
    for (const socket of this.sockets) socket.destroy()
    this.sockets.clear()
  }
}

const seesSecret = objectRule<{ id: string }, RequestContext>('seesSecret', ({ id }, ctx) =>
  maySee(ctx, { patientId: 'child', what: 'Secret', id }),
)

@Access(seesSecret)
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something of a patient.' })
class Secret {
  @Field(() => ID, { nullable: true, description: 'Id.' })
  id!: string
}

let platform: Platform

@Resolver()
class SecretResolver {
  @Access(allow)
  @Query(() => Secret, { description: 'Something of a patient; a look at it is logged.' })
  secret(@Ctx() _ctx: RequestContext): Secret {
    return Object.assign(new Secret(), { id: 's' })
  }
}

const guardian: Viewer = { kind: 'PATIENT', personId: 'guardian', sessionExpiresAt: 4_000_000_000 }

describe('while the database cannot be reached', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let running: RunningSubgraph
  let line: Line

  beforeAll(async () => {
    postgres = await startPostgres()
    await migrateService(postgres.url, { service: 'patients', schema: null, apply: async () => [] })
    const address = new URL(await postgres.login('patients'))
    line = new Line(new URL(postgres.url))
    await line.open()
    address.hostname = '127.0.0.1'
    address.port = String(line.port)
    platform = await bootPlatform(
      'patients',
      {
        ...(await testKeys()).env('patients'),
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        HOST: '127.0.0.1',
        SANDBOX_CLOCK_URL: undefined,
        ...poolDefaults,
        PORT: 0,
        DATABASE_URL: address.href,
        PATIENTS_URL: 'http://127.0.0.1:1',
        VISITS_URL: 'http://127.0.0.1:1',
        MESSAGING_URL: 'http://127.0.0.1:1',
        FACTS_DEADLINE_MS: 300,
        MAX_EVENT_BYTES: 2_097_152,
        MAX_ANSWER_BYTES: 8_000_000,
        STATEMENT_TIMEOUT_MS: 5_000,
        INTROSPECTION: true,
      },
      createLogger('patients', 'silent'),
    )
    running = await serveSubgraph({
      platform,
      services: {},
      context: (base) => base,
      features: [
        {
          resolvers: [SecretResolver],
          references: { Secret: () => null },

          facts: () => ({ guardianship: async (keys) => keys.map(() => true) }),
        },
      ],
    })
  })
  afterAll(async () => {
    await running.stop()
    line.refuse()
    await postgres.stop()
  })

  const ask = async (deadlineMs = 5_000) => {
    const headers = {
      'content-type': 'application/json',
      [DEADLINE_HEADER]: String(deadlineMs),
      ...(await signedViewer('patients', guardian)),
    }
    const body = JSON.stringify({ query: '{ secret { id } }' })
    const response = await fetch(`http://127.0.0.1:${running.port}/graphql`, { method: 'POST', headers, body })
    return (await response.json()) as { data: unknown; errors?: { extensions: Record<string, unknown> }[] }
  }
  const codes = async (deadlineMs?: number) => (await ask(deadlineMs)).errors?.map(({ extensions }) => extensions)

  it('[A3] what cannot be logged is not shown, and that is neither a refusal nor a fault: try again', async () => {
    const shown = { data: { secret: { id: 's' } } }
    expect(await ask()).toEqual(shown)
    line.refuse()
    const { data, errors } = await ask()
    expect(data).toEqual({ secret: { id: null } })
    expect(errors).toMatchObject([{ extensions: { code: 'TRY_AGAIN_LATER', retryable: true, retryAfterMs: expect.any(Number) } }])
    await line.open()
    await expect.poll(() => ask()).toEqual(shown)
  })

  it('a database that says nothing costs no more than the deadline', async () => {
    line.swallow()
    expect(await codes(200)).toMatchObject([{ code: 'SUBGRAPH_TIMEOUT', retryable: true }])
    line.refuse()
    await line.open()
    await expect.poll(() => ask()).toEqual({ data: { secret: { id: 's' } } })
  })
})
