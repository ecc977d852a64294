import { borrowGraph, type TestGraph } from '@vardgraf/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, graphAt } from './graph.js'
import { fillQueues } from './queues.js'
import { waiting } from './waiting.js'

let graph: TestGraph
let ask: Ask
beforeAll(async () => {
  graph = await borrowGraph()
  ask = graphAt(graph.url, graph.address('sandbox'))
})
afterAll(() => graph?.stop())

/** Who waits at a nurse's unit, in order: case ids and priorities. */
async function queueOf(nurse: string) {
  const { me } = await ask<{ me: { unit: { waitingRoom: { edges: { node: { caseId: string; priority: string } }[] } } } }>(
    nurse,
    '{ me { unit { waitingRoom(first: 20) { edges { node { caseId priority } } } } } }',
  )
  return me.unit.waitingRoom.edges.map(({ node }) => node)
}
const priorities = async (nurse: string) => (await queueOf(nurse)).map(({ priority }) => priority)
const casesOf = async () => [...(await queueOf('nurse-1')), ...(await queueOf('nurse-1177'))].map(({ caseId }) => caseId).sort()

describe('the queues of npm start', () => {
  it.each([
    ['a Tuesday at 10:00', '2026-11-24T10:00:00+01:00', ['P2', 'P3', 'P4'], ['P1']],
    ['a Tuesday at 19:00', '2026-11-24T19:00:00+01:00', [], ['P1', 'P2', 'P3', 'P4']],
    ['a Wednesday at 03:00', '2026-11-25T03:00:00+01:00', ['P2', 'P3', 'P4'], ['P1']],
    ['a Saturday at 03:00', '2026-11-28T03:00:00+01:00', [], ['P1', 'P2', 'P3', 'P4']],
    ['a Saturday at 14:00', '2026-11-28T14:00:00+01:00', [], ['P1', 'P2', 'P3', 'P4']],
  ])('[R27] on %s hold patients where the rules send them, and 1177 always one', async (_when, at, centre, nurseLine) => {
    await graph.clock.set(at)
    // A case that the clock's move sends from one queue to the other may be in neither while both are read: read until there is none.
    await expect.poll(leaveAll).toEqual([])
    expect(await fillQueues(ask, waiting)).toBe(waiting.length)
    expect([await priorities('nurse-1'), await priorities('nurse-1177')]).toEqual([centre, nurseLine])
  })

  it('are unchanged after a second start, and filled again days later', async () => {
    await graph.clock.set('2026-12-02T10:00:00+01:00')
    await fillQueues(ask, waiting)
    const before = await casesOf()
    expect(before).toHaveLength(waiting.length)
    await graph.clock.advance('PT6H')
    await fillQueues(ask, waiting)
    expect(await casesOf()).toEqual(before)
    await graph.clock.advance('P5D')
    await fillQueues(ask, waiting)
    const after = await casesOf()
    expect(after).toHaveLength(waiting.length)
    expect(after.filter((id) => before.includes(id))).toEqual([])
  })

  it('leave a claimed case with its nurse, and replace an answered one', async () => {
    const claim = await ask<{ claimNextCase: { careCase: { id: string } } }>(
      'nurse-1177',
      'mutation { claimNextCase(input: { idempotencyKey: "a" }) { careCase { id } } }',
    )
    const caseId = claim.claimNextCase.careCase.id
    expect(await fillQueues(ask, waiting)).toBe(waiting.length - 1)
    await ask('nurse-1177', 'mutation ($input: AnswerCaseInput!) { answerCase(input: $input) { refusal { code } } }', {
      input: { caseId, text: 'Hej', idempotencyKey: 'b' },
    })
    expect(await fillQueues(ask, waiting)).toBe(waiting.length)
    expect((await priorities('nurse-1177')).at(0)).toBe('P1')
  })
})

/** Everybody who is in a queue leaves; gives their cases. */
async function leaveAll(): Promise<string[]> {
  const cases = await casesOf()
  for (const each of cases) await leave(each)
  return cases
}

/** The patient leaves the waiting room. */
async function leave(caseId: string): Promise<void> {
  for (const { person } of waiting)
    await ask(person, 'mutation ($input: AbandonCaseInput!) { abandonCase(input: $input) { refusal { code } } }', {
      input: { caseId },
    }).catch(() => undefined)
}
