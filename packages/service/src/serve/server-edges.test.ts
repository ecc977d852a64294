import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Access, allow } from '@vardgraf/access'
import { createLogger, SettingsError } from '@vardgraf/process'
import { signedViewer, startPostgres, testKeys } from '@vardgraf/testing'
import { VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'
import { createClient } from 'graphql-ws'
import { Arg, Field, ObjectType, Query, Resolver } from 'type-graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  bootPlatform,
  type Feature,
  migrateService,
  type Platform,
  poolDefaults,
  type RequestContext,
  type RunningSubgraph,
  serveSubgraph,
} from '../index.js'

@Resolver()
class EchoResolver {
  @Access(allow)
  @Query(() => String, { description: 'What the database makes of a text.' })
  async echo(@Arg('text', () => String, { description: 'A text.' }) text: string): Promise<string> {
    const { rows } = await platform.pool.query<{ text: string }>('SELECT $1::text AS text', [text])
    return rows[0]?.text ?? ''
  }

  @Access(allow)
  @Query(() => String, { description: 'Takes half a second.' })
  async slow(): Promise<string> {
    await sleep(500)
    return 'done'
  }
}

@ObjectType({ description: 'Of whose second field nobody has said who may read it.' })
class Note {
  @Access(allow)
  @Field(() => String, { description: 'For everybody.' })
  title!: string

  @Field(() => String, { description: 'Not declared.' })
  text!: string
}

@Resolver()
class UndeclaredResolver {
  @Access(allow)
  @Query(() => Note, { nullable: true, description: 'A note.' })
  note(): Note | null {
    return null
  }
}

const astrid: Viewer = { kind: 'PATIENT', personId: 'astrid', sessionExpiresAt: 4_000_000_000 }
let postgres: Awaited<ReturnType<typeof startPostgres>>
let platform: Platform
let running: RunningSubgraph
let base: string

beforeAll(async () => {
  postgres = await startPostgres()
  await migrateService(postgres.url, { service: 'visits', schema: null, apply: async () => [] })
  ;({ running, platform } = await start())
  base = `http://127.0.0.1:${running.port}`
})
afterAll(async () => {
  await running.stop()
  await postgres.stop()
})

const echo = [{ resolvers: [EchoResolver] }]

async function start(port = 0, features: readonly Feature<RequestContext, object>[] = echo) {
  const keys = await testKeys()
  const settings = {
    ...keys.env('visits'),
    NODE_ENV: 'production' as const,
    LOG_LEVEL: 'silent' as const,
    HOST: '127.0.0.1',
    SANDBOX_CLOCK_URL: undefined,
    PORT: port,
    DATABASE_URL: await postgres.login('visits'),
    ...poolDefaults,
    PATIENTS_URL: 'http://127.0.0.1:1',
    VISITS_URL: 'http://127.0.0.1:1',
    MESSAGING_URL: 'http://127.0.0.1:1',
    FACTS_DEADLINE_MS: 300,
    MAX_EVENT_BYTES: 2_097_152,
    MAX_ANSWER_BYTES: 8_000_000,
    STATEMENT_TIMEOUT_MS: 5_000,
    INTROSPECTION: false,
  }
  const platform = await bootPlatform('visits', settings, createLogger('visits', 'silent'))
  const running = await serveSubgraph({
    platform,
    services: {},
    features,
    context: (base) => base,
  }).catch(async (error) => {
    await platform.stop()
    throw error
  })
  return { platform, running }
}

async function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  const json = { 'content-type': 'application/json', ...(await signedViewer('visits', astrid)), ...headers }
  return fetch(`${base}/graphql`, { method: 'POST', headers: json, body })
}
const ask = async (query: string, variables: object = {}) =>
  (await (await post(JSON.stringify({ query, variables }))).json()) as {
    data?: unknown
    errors?: { message: string; extensions: { code: string } }[]
  }

describe('a subgraph at its edges', () => {
  it('keeps its schema to itself unless told otherwise, also over WebSocket', async () => {
    expect((await ask('{ __schema { types { name } } }')).data).toBeUndefined()
    const client = createClient({ url: `${base.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 })
    const extensions = { [VIEWER_HEADER]: (await signedViewer('visits', astrid))[VIEWER_HEADER] }
    const introspection = client.iterate({ query: '{ __type(name: "Query") { name } }', extensions })
    await expect(introspection.next()).rejects.toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    await client.dispose()
  })

  it('says that a body is too large instead of hanging up', async () => {
    const response = await post(JSON.stringify({ query: '{ slow }', padding: 'x'.repeat(3_000_000) }))
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: 'a body of at most 1000000 bytes is read' })
  })

  it('knows nothing of a path that is no address', async () => {
    const { status } = await fetch(`${base}//`)
    expect(status).toBe(404)
  })

  it('takes the character that PostgreSQL cannot store for wrong input, not for a fault of ours', async () => {
    const query = 'query ($text: String!) { echo(text: $text) }'
    expect(await ask(query, { text: 'å' })).toEqual({ data: { echo: 'å' } })
    const { errors } = await ask(query, { text: 'a\u0000b' })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })

  it('is not ready while the database does not answer, and says so soon', async () => {
    const { running: other, platform: itsPlatform } = await start()
    const address = `http://127.0.0.1:${other.port}/health/ready`
    expect((await fetch(address)).status).toBe(200)
    const taken = await Promise.all(Array.from({ length: 2 }, () => itsPlatform.accessLog.of('requests').connect()))
    const asked = performance.now()
    expect((await fetch(address)).status).toBe(503)
    expect(performance.now() - asked).toBeLessThan(4_500)
    for (const client of taken) client.release()
    await other.stop()
  })

  it('does not start while a field has no declaration of who may read it, and names the field', async () => {
    const failure = await start(0, [...echo, { resolvers: [UndeclaredResolver] }]).then(
      () => null,
      (error: unknown) => error,
    )
    expect(String(failure)).toContain('@Access is missing for Note.text: declare who may read it')
    expect(String(failure)).not.toContain('Note.title')
  })

  it('names the port that is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const { port } = holder.address() as { port: number }
    const failure = await start(port).then(
      () => null,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(SettingsError)
    expect(String(failure)).toContain(`port ${port} is taken`)
    holder.close()
  })

  it('stops while work is under way and a client does not listen: the work is answered, the client cut off', async () => {
    const { running: other } = await start()
    const address = `127.0.0.1:${other.port}/graphql`
    const deaf = new WebSocket(`ws://${address}`, 'graphql-transport-ws')
    await once(deaf, 'open')
    deaf.pause()
    const answer = fetch(`http://${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await signedViewer('visits', astrid)) },
      body: JSON.stringify({ query: '{ slow }' }),
    }).then((response) => response.json())
    await sleep(100)
    await other.stop()
    expect(await answer).toEqual({ data: { slow: 'done' } })
    deaf.terminate()
  }, 15_000)
})
