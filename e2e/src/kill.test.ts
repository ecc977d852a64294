import { startGraph, type TestGraph } from '@vardgraf/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimAndAnswer, coughComplaint, enter } from './support/cases.js'
import { People } from './support/people.js'

// What is killed under load is in proofs/kills.test.ts.
describe('a subgraph that is away', () => {
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

  it('[A1] a nurse whose unit has the case opens her patient while visits is away', async () => {
    await graph.kill('visits')
    const query = 'query ($id: ID!) { careCase(id: $id) { status patient { displayName } } }'
    expect(await graph.query({ query, variables: { id: caseId }, as: 'nurse-1' })).toMatchObject({
      data: { careCase: { patient: { displayName: 'Astrid Ask' } } },
    })
    await graph.restart('visits')
  })
})
