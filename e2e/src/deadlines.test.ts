import { startGraph, type TestGraph } from '@vardgraf/testing'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coughComplaint, enter } from './support/cases.js'
import { People } from './support/people.js'

const DEADLINE_MS = 700
const REQUESTS = 8

describe('a request that the gateway no longer waits for', () => {
  let graph: TestGraph
  let people: People
  let admin: Client
  let caseId: string

  beforeAll(async () => {
    // A graph of its own: its gateway has another deadline, and a table is locked.
    graph = await startGraph({ envOf: { gateway: { SUBGRAPH_DEADLINE_MS: String(DEADLINE_MS) } } })
    await graph.clock.set('2026-11-25T10:00:00+01:00', { running: true })
    people = new People(graph)
    caseId = await enter(people.as('astrid'), await coughComplaint(people.as('astrid')))
    admin = new Client({ connectionString: graph.databaseUrl })
    await admin.connect()
  })
  afterAll(async () => {
    await admin?.end()
    await people?.leave()
    await graph?.stop()
  })

  const waiting = async (): Promise<number> => {
    const { rows } = await admin.query(
      "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
    )
    return rows.length
  }

  it('is cancelled in the database as well', async () => {
    const query = { query: 'query ($id: ID!) { careCase(id: $id) { status } }', variables: { id: caseId }, as: 'astrid' }
    await admin.query('BEGIN; LOCK TABLE messaging.care_case IN ACCESS EXCLUSIVE MODE')
    const asks = Array.from({ length: REQUESTS }, () => graph.query(query))
    await expect.poll(waiting).toBeGreaterThan(0)
    for (const { errors } of await Promise.all(asks))
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'SUBGRAPH_TIMEOUT',
        retryable: true,
        retryAfterMs: expect.any(Number),
      })
    // Before the time limit of locks ends it. The sweeper, which belongs to no request, may also wait for the table.
    await expect.poll(waiting, { timeout: 1_000, interval: 10 }).toBeLessThanOrEqual(1)
    await admin.query('ROLLBACK')
    expect((await graph.query(query)).data).toEqual({ careCase: { status: 'WAITING' } })
  })
})
