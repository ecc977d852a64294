import type { VardgrafClient } from '@vardgraf/client'
import { startGraph, type TestGraph } from '@vardgraf/testing'
import { createClient } from 'graphql-ws'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as ops from './story.operations.js'
import { claimAndAnswer, coughComplaint, enter } from './support/cases.js'
import { People } from './support/people.js'

const OUTAGES = 5
const KILLS_PER_OUTAGE = 10
const LISTENERS = 20

type Event = { data?: { chatMessages?: { cursor: string; node: { text: string } | null } | null } | null; errors?: unknown[] }

describe('every connection to PostgreSQL is ended, again and again', () => {
  let graph: TestGraph
  let people: People
  let caseId: string

  beforeAll(async () => {
    // A graph of its own: its connections to the database are ended, and none may be told INTERNAL.
    graph = await startGraph()
    await graph.clock.set('2026-11-25T10:00:00+01:00', { running: true })
    people = new People(graph)
    await enter(people.as('astrid'), await coughComplaint(people.as('astrid')))
    caseId = await claimAndAnswer(people.as('nurse-1'), 'first')
  })
  afterAll(async () => {
    await people?.leave()
    await graph?.stop()
  })

  const outage = async (): Promise<void> => {
    const admin = new Client({ connectionString: graph.databaseUrl })
    await admin.connect()
    for (let kill = 0; kill < KILLS_PER_OUTAGE; kill++) {
      await admin.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      )
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await admin.end()
  }

  /** A standard client that follows docs/streams.md: after a retryable error it subscribes again, after the last cursor. */
  const listen = async (events: Event[], ends: Map<string, number>) => {
    const token = await graph.token('astrid')
    const client = createClient({
      url: graph.wsUrl,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
    })
    let after: string | null = null
    const texts: string[] = []
    for (;;) {
      const end = await new Promise<string>((resolve) => {
        client.subscribe<NonNullable<Event['data']>>(
          { query: ops.Chat.toString(), variables: { caseId, after } },
          {
            next: (event) => {
              events.push(event as Event)
              const edge = event.data?.chatMessages
              if (!edge?.node) return
              after = edge.cursor
              texts.push(edge.node.text)
              if (edge.node.text === 'last') resolve('last')
            },
            error: (problem) => resolve((problem as { extensions: { code: string } }[])[0]?.extensions?.code ?? String(problem)),
            complete: () => resolve('complete'),
          },
        )
      })
      if (end === 'last') break
      ends.set(end, (ends.get(end) ?? 0) + 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await client.dispose()
    return texts
  }

  it('[R13] [R14] nobody is told INTERNAL or gets an event without data, each message is stored once and heard once, in order', async () => {
    const codes = new Map<string, number>()
    const ends = new Map<string, number>()
    const events: Event[] = []
    let over = false
    let written = 0
    const listeners = Array.from({ length: LISTENERS }, () => listen(events, ends))
    const write = async (client: VardgrafClient, name: string): Promise<string[]> => {
      const sent: string[] = []
      for (let i = 0; !over; i++) {
        const text = `${name} ${i}`
        await surely(client, text, codes)
        sent.push(text)
        written++
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      return sent
    }
    const writers = ['astrid', 'nurse-1'].flatMap((person) => [1, 2, 3].map((n) => write(people.as(person), `${person} ${n}`)))
    for (let i = 0; i < OUTAGES; i++) {
      const before = written
      await outage()
      await expect.poll(() => written).toBeGreaterThan(before + 10)
    }
    over = true
    const sent = (await Promise.all(writers)).flat()
    await surely(people.as('astrid'), 'last', codes)
    const heard = await Promise.all(listeners)
    const empty = events.filter(({ data }) => !data?.chatMessages?.node)
    expect(codes.get('INTERNAL') ?? 0).toBe(0)
    expect(ends.get('INTERNAL') ?? 0).toBe(0)
    expect(empty).toEqual([])
    const logged = new Set(
      [...graph.log('messaging').matchAll(/"requestId":"([^"]+)".*something needed is away/g)].map(([, id]) => id),
    )
    expect(logged.size).toBeGreaterThan(0)
    for (const id of logged) expect(graph.log('gateway')).toContain(`"requestId":"${id}"`)
    for (const texts of heard) expect(texts).toEqual(heard[0])
    expect([...(heard[0] ?? [])].sort()).toEqual(['first', ...sent, 'last'].sort())
  })

  /** Sends with one key until it is acknowledged; counts the errors before that. */
  const surely = async (client: VardgrafClient, text: string, codes: Map<string, number>): Promise<void> => {
    for (;;) {
      const { data, errors } = await client.execute(ops.Send, { input: { caseId, text, idempotencyKey: text } })
      if (data?.sendMessage.message) return
      const code = errors[0]?.extensions?.code ?? data?.sendMessage.refusal?.code ?? 'nothing'
      codes.set(code, (codes.get(code) ?? 0) + 1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
})
