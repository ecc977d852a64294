import type { VardgrafClient } from '@vardgraf/client'
import { startGraph, type TestGraph } from '@vardgraf/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as ops from './story.operations.js'
import { claimAndAnswer, coughComplaint, enter } from './support/cases.js'
import { People } from './support/people.js'

const PER_SENDER = 60
const SENDERS = ['astrid', 'nurse-1'] as const

describe('a subgraph is killed, messaging in the middle of a chat under load', () => {
  let graph: TestGraph
  let people: People
  let caseId: string

  beforeAll(async () => {
    // A graph of its own: processes are killed.
    graph = await startGraph()
    await graph.clock.set('2026-11-25T10:00:00+01:00', { running: true })
    people = new People(graph)
    await enter(people.as('astrid'), await coughComplaint(people.as('astrid')))
    caseId = await claimAndAnswer(people.as('nurse-1'), 'first')
  })
  afterAll(async () => {
    await people.leave()
    await graph.stop()
  })

  /** Repeats until acknowledged, always with the same key, like an app that lost its connection. */
  const sendSurely = async (client: VardgrafClient, text: string): Promise<void> => {
    for (;;) {
      const { data } = await client
        .execute(ops.Send, { input: { caseId, text, idempotencyKey: text } })
        .catch(() => ({ data: null }))
      if (data?.sendMessage.message) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  const listen = async (client: VardgrafClient, count: number): Promise<string[]> => {
    const texts: string[] = []
    for await (const { data } of client.subscribe(ops.Chat, { caseId })) {
      texts.push(data.chatMessages.node.text)
      if (texts.length === count) break
    }
    return texts
  }

  it('[R13] [R14] no acknowledged message is lost, and each listener gets each once and in order', async () => {
    const total = PER_SENDER * SENDERS.length + 1
    const listeners = [...SENDERS, ...SENDERS].map((person) => listen(people.as(person), total))
    let sent = 0
    const senders = SENDERS.map(async (person) => {
      for (let i = 0; i < PER_SENDER; i++) {
        await sendSurely(people.as(person), `${person} ${i}`)
        sent++
      }
    })
    await expect.poll(() => sent, { interval: 5 }).toBeGreaterThan(PER_SENDER / 2)
    await graph.kill('messaging')
    expect(sent).toBeLessThan(PER_SENDER * SENDERS.length)
    await graph.restart('messaging')
    await Promise.all(senders)

    const heard = await Promise.all(listeners)
    const { careCase } = await people.as('astrid').request(ops.History, { caseId })
    const first = careCase?.messages.edges.map(({ node }) => node.text) ?? []
    for (const texts of heard) {
      expect(texts.slice(0, first.length)).toEqual(first)
      expect(texts).toEqual(heard[0])
      expect(new Set(texts).size).toBe(total)
    }
    // Messages that were sent one after the other arrive in that order.
    for (const person of SENDERS) {
      expect(heard[0]?.filter((text) => text.startsWith(person))).toEqual(
        Array.from({ length: PER_SENDER }, (_, i) => `${person} ${i}`),
      )
    }
  })

  it('[A1] a nurse whose unit has the case opens her patient while visits is away', async () => {
    await graph.kill('visits')
    const query = 'query ($id: ID!) { careCase(id: $id) { status patient { displayName } } }'
    expect(await graph.query({ query, variables: { id: caseId }, as: 'nurse-1' })).toMatchObject({
      data: { careCase: { patient: { displayName: 'Astrid Ask' } } },
    })
    await graph.restart('visits')
  })
})
