import type { VardgrafClient } from '@vardgraf/client'
import { borrowGraph, type TestGraph } from '@vardgraf/testing'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as ops from './story.operations.js'
import { claimAndAnswer, coughComplaint, enter } from './support/cases.js'
import { People } from './support/people.js'

/** A chat of ten long messages, asked for three times over in each other: some 28 MB in one event. */
const huge = `subscription Huge($caseId: ID!, $after: String) { chatMessages(caseId: $caseId, after: $after) { cursor node { careCase {
  a: messages(first: 20) { edges { node { text careCase { b: messages(first: 20) { edges { node { text careCase {
    c: messages(first: 40) { edges { node { text } } } } } } } } } } } } } } }`

/** The same twice over: some 1.8 MB, within the limit. */
const large = `subscription ($caseId: ID!) { chatMessages(caseId: $caseId) { cursor node { careCase {
  a: messages(first: 15) { edges { node { text careCase { b: messages(first: 15) { edges { node { text } } } } } } } } } } }`

const codeOf = (problem: unknown): string =>
  Array.isArray(problem) ? String(problem[0]?.extensions?.code) : String((problem as { reason?: string }).reason ?? problem)

describe('an event that is too large', () => {
  let graph: TestGraph
  let people: People
  let caseId: string

  beforeAll(async () => {
    graph = await borrowGraph()
    await graph.clock.set('2026-11-25T10:00:00+01:00', { running: true })
    people = new People(graph)
    await enter(people.as('astrid'), await coughComplaint(people.as('astrid')))
    caseId = await claimAndAnswer(people.as('nurse-1'), 'x'.repeat(8_000))
    for (let i = 0; i < 14; i++) await send(people.as('astrid'), 'x'.repeat(8_000))
  })
  afterAll(async () => {
    await people?.leave()
    await graph?.stop()
  })

  const send = (client: VardgrafClient, text: string) =>
    client.request(ops.Send, { input: { caseId, text, idempotencyKey: crypto.randomUUID() } })

  it('ends its own operation with a code, and the streams of others on the same sockets go on', async () => {
    const texts: string[] = []
    const watching = (async () => {
      for await (const { data } of people.as('nurse-1').subscribe(ops.Chat, { caseId })) {
        texts.push(data.chatMessages.node.text)
        if (data.chatMessages.node.text === 'after') return
      }
    })()
    await expect.poll(() => texts.length).toBe(15)

    const ends = await Promise.all(
      Array.from({ length: 5 }, async () => {
        for await (const event of people.as('astrid').subscribe(huge as never, { caseId } as never)) return event
        return 'completed'
      }).map((end) => end.catch((error: { code: string }) => error.code)),
    )
    expect(ends).toEqual(Array(5).fill('OPERATION_TOO_COMPLEX'))

    await send(people.as('astrid'), 'after')
    await watching
    expect(texts).toHaveLength(16)
    // If the bystander's socket were closed, the gateway's log would report a lost stream.
    expect(graph.log('gateway')).not.toContain('SUBGRAPH_UNAVAILABLE')
  })

  it('many events just below the limit, all at once, cost nobody else a stream', async () => {
    const token = await graph.token('astrid')
    const greedy = createClient({
      url: graph.wsUrl,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${token}` },
    })
    const bystander = new Set<string>()
    const watching = (async () => {
      for await (const { data } of people.as('nurse-1').subscribe(ops.Chat, { caseId })) {
        bystander.add(data.chatMessages.node.text)
        if (data.chatMessages.node.text === 'after the flood') return
      }
    })()
    await expect.poll(() => bystander.size).toBeGreaterThan(0)
    const outcomes = await Promise.all(
      Array.from(
        { length: 60 },
        () =>
          new Promise<string>((resolve) => {
            const variables = { caseId }
            greedy.subscribe(
              { query: large, variables },
              { next: () => resolve('event'), error: (problem) => resolve(codeOf(problem)), complete: () => resolve('complete') },
            )
          }),
      ),
    )
    // Her own queues may overflow, which has its own code.
    expect(new Set(outcomes).difference(new Set(['event', 'STREAM_OVERLOADED']))).toEqual(new Set())
    await send(people.as('astrid'), 'after the flood')
    await watching
    expect(graph.log('gateway')).not.toContain('SUBGRAPH_UNAVAILABLE')
    await greedy.dispose()
  })

  it('a query whose answer is too large gets a code as well, not a broken connection', async () => {
    const query = huge
      .replace(
        'subscription Huge($caseId: ID!, $after: String) { chatMessages(caseId: $caseId, after: $after) { cursor node { careCase {',
        'query ($caseId: ID!) { careCase(id: $caseId) {',
      )
      .replace(/\} \} \}$/, '}')
    const { errors } = await graph.query({ query, variables: { caseId }, as: 'astrid' })
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'OPERATION_TOO_COMPLEX' } })
  })
})
