import { Access, allow, deny, isAuthenticated, maySee, objectRule } from '@vardgraf/access'
import { createLogger } from '@vardgraf/process'
import { signedViewer, startPostgres, testKeys } from '@vardgraf/testing'
import { signService, VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'
import { createClient } from 'graphql-ws'
import { Arg, Ctx, Directive, Field, ID, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql'
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

const seesNote = objectRule<{ id: string; patientId: string }, RequestContext>('seesNote', (note, ctx) =>
  maySee(ctx, { patientId: note.patientId, what: 'Note', id: note.id }),
)

@Access(seesNote)
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A note about a patient.' })
class Note {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => String, { description: 'Text.' })
  text!: string

  patientId!: string
}

const notes: Note[] = [
  { id: 'a', text: 'for Astrid', patientId: 'astrid' },
  { id: 'b', text: 'for Birger', patientId: 'birger' },
]
let platform: Platform

@Resolver(() => Note)
class NoteResolver {
  @Access(isAuthenticated)
  @Query(() => Note, { nullable: true, description: 'One note, seen or not.' })
  note(@Arg('id', () => ID) id: string): Note | null {
    return notes.find((note) => note.id === id) ?? null
  }

  @Access(deny)
  @Query(() => String, { description: 'It is denied to everybody.' })
  sealed(): string {
    return 'leaked'
  }

  @Access(allow)
  @Query(() => String, { description: 'Fails in a way nobody foresaw.' })
  broken(): string {
    throw new Error('secret cause')
  }

  @Access(allow)
  @Subscription(() => Note, {
    description: 'Notes of a patient as they come.',
    subscribe: ({ args, context }) => notesOf(args.patientId as string, context as RequestContext),
  })
  noted(@Root() note: Note, @Arg('patientId', () => String) _patientId: string, @Ctx() _ctx: RequestContext): Note {
    return note
  }
}

function notesOf(patientId: string, ctx: RequestContext) {
  return live<Note>(platform, {
    ctx,
    topics: ['notes'],
    after: null,
    read: async (cursor) => {
      const items = notes.slice(Number(cursor ?? 0)).filter((note) => note.patientId === patientId)
      return { items, cursor: String(notes.length) }
    },
    mayContinue: async () => ctx.viewer.kind === 'PATIENT' && ctx.viewer.personId === patientId,
  })
}

const astrid: Viewer = { kind: 'PATIENT', personId: 'astrid', sessionExpiresAt: 4_000_000_000 }
const stranger: Viewer = { kind: 'PATIENT', personId: 'stranger', sessionExpiresAt: 4_000_000_000 }

describe('a subgraph', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>
  let running: RunningSubgraph
  let url: string

  beforeAll(async () => {
    postgres = await startPostgres()
    await migrateService(postgres.url, { service: 'patients', schema: null, apply: async () => [] })
    const keys = await testKeys()
    platform = await bootPlatform(
      'patients',
      {
        ...keys.env('patients'),
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        HOST: '127.0.0.1',
        SANDBOX_CLOCK_URL: undefined,
        PORT: 0,
        DATABASE_URL: await postgres.login('patients'),
        ...poolDefaults,
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
          resolvers: [NoteResolver],
          references: { Note: ({ id }) => notes.find((note) => note.id === id) ?? null },

          facts: () => ({ guardianship: async (keys) => keys.map(() => false) }),
        },
      ],
    })
    url = `http://127.0.0.1:${running.port}/graphql`
  })
  afterAll(async () => {
    await running.stop()
    await postgres.stop()
  })

  const ask = async (query: string, viewer: Viewer | null, variables: object = {}, more: Record<string, string> = {}) => {
    const signed = viewer && (await signedViewer('patients', viewer))
    const headers = { 'content-type': 'application/json', ...signed, ...more }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
    return {
      status: response.status,
      body: (await response.json()) as {
        data?: Record<string, unknown>
        errors?: { message: string; extensions: { code: string } }[]
      },
    }
  }

  it('answers nobody without the signed viewer', async () => {
    const { status, body } = await ask('{ note(id: "a") { text } }', null)
    expect(status).toBe(401)
    expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  it('[A1] shows a note to its patient and to nobody else, also through _entities', async () => {
    expect((await ask('{ note(id: "a") { text } }', astrid)).body).toEqual({ data: { note: { text: 'for Astrid' } } })
    expect((await ask('{ note(id: "a") { text } }', stranger)).body.data).toEqual({ note: null })
    const entities = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Note { text } } }'
    const representations = { r: [{ __typename: 'Note', id: 'a' }] }
    expect((await ask(entities, astrid, representations)).body.data).toEqual({ _entities: [{ text: 'for Astrid' }] })
    expect((await ask(entities, stranger, representations)).body.data).toEqual({ _entities: [null] })
  })

  it('[A3] stores a look by somebody else before it is decided, the refused one too, in a log that cannot be changed', async () => {
    await ask('{ note(id: "b") { text } }', stranger)
    const { rows } = await postgres.owner.query(
      "SELECT actor_id, patient_id, what, refused FROM audit.audit_event WHERE resource_id = 'b'",
    )
    expect(rows).toEqual([{ actor_id: 'stranger', patient_id: 'birger', what: 'Note', refused: true }])
    await expect(postgres.owner.query('DELETE FROM audit.audit_event')).rejects.toThrow('append-only')
    await expect(postgres.owner.query("UPDATE audit.audit_event SET what = 'x'")).rejects.toThrow('append-only')
  })

  it('denies what is for nobody', async () => {
    const { body } = await ask('{ sealed }', astrid)
    expect(JSON.stringify(body)).not.toContain('leaked')
    expect(body.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it('tells nothing of an unexpected error but where to look it up', async () => {
    const { body } = await ask('{ broken }', astrid, {}, { 'x-request-id': 'request-0001' })
    expect(JSON.stringify(body)).not.toContain('secret cause')
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'INTERNAL', requestId: 'request-0001' })
  })

  it('streams from the table when a hint wakes it, to each viewer on one socket her own', async () => {
    const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })
    const subscribe = async (viewer: Viewer) => {
      const extensions = { [VIEWER_HEADER]: (await signedViewer('patients', viewer))[VIEWER_HEADER] }
      return client.iterate<{ noted: { text: string } }>({
        query: 'subscription { noted(patientId: "astrid") { text } }',
        extensions,
      })
    }
    const mine = await subscribe(astrid)
    expect((await mine.next()).value?.data?.noted.text).toBe('for Astrid')
    notes.push({ id: 'c', text: 'new', patientId: 'astrid' })
    platform.hints.publish(['notes'])
    expect((await mine.next()).value?.data?.noted.text).toBe('new')
    await expect((await subscribe(stranger)).next()).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    await mine.return?.()
    await client.dispose()
  })

  it('refuses an operation that cannot be read without closing the socket under the others', async () => {
    const closed: unknown[] = []
    const client = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      on: { closed: (e) => closed.push(e) },
    })
    const extensions = { [VIEWER_HEADER]: (await signedViewer('patients', astrid))[VIEWER_HEADER] }
    const mine = client.iterate({ query: 'subscription { noted(patientId: "astrid") { text } }', extensions })
    await mine.next()
    for (const query of ['subscription {', `{ ${'a '.repeat(6_000)} }`])
      await expect(client.iterate({ query, extensions }).next()).rejects.toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ])
    expect(closed).toEqual([])
    await mine.return?.()
    await client.dispose()
  })

  it('refuses internal questions from outside, and facts it does not own', async () => {
    const { status } = await fetch(url.replace('/graphql', '/internal/facts'), { method: 'POST', body: '{}' })
    expect(status).toBe(401)
  })

  it('refuses a viewer that was signed for another subgraph, over HTTP and over WebSocket', async () => {
    const elsewhere = await signedViewer('visits', astrid)
    const body = JSON.stringify({ query: '{ note(id: "a") { text } }' })
    const headers = { 'content-type': 'application/json', ...elsewhere }
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(401)
    const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })
    await expect(
      client.iterate({ query: 'subscription { noted(patientId: "astrid") { text } }', extensions: elsewhere }).next(),
    ).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    await client.dispose()
  })

  it.each([
    ['visits', 'patients', 200],
    ['visits', 'visits', 401],
    ['gateway', 'patients', 403],
    ['sandbox', 'patients', 403],
  ])('answers %s, with a token meant for %s, on a fact by %i', async (caller, target, status) => {
    const token = await signService(target, await (await testKeys()).key(caller), new Date())
    const headers = { authorization: `Bearer ${token}` }
    const body = JSON.stringify({ guardianship: [{ guardianId: 'a', childId: 'b' }] })
    const answer = await fetch(url.replace('/graphql', '/internal/facts'), { method: 'POST', headers, body })
    expect(answer.status).toBe(status)
    expect((await answer.text()).includes('guardianship')).toBe(status === 200)
  })
})
