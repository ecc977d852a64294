import { Client } from 'pg'
import { expect, it } from 'vitest'
import type { TestGraph } from './graph.js'
import type { KeptData } from './kept-data.js'
import { borrowGraph, GraphLending } from './shared-graph.js'

async function rows(graph: TestGraph, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: graph.databaseUrl })
  await client.connect()
  return (await client.query(sql).finally(() => client.end())).rows
}

it('is given back as it was borrowed: the same processes, the data of a start, the clock at real time', async () => {
  const persons = 'SELECT count(*)::int AS persons FROM patients.person'
  const cases = 'SELECT id FROM messaging.care_case'
  const first = await borrowGraph()
  const before = await rows(first, persons)
  await first.clock.set('2027-02-01T12:00:00+01:00')
  const caseId = await startCase(first)
  expect(await rows(first, cases)).toHaveLength(1)
  await first.stop()

  const second = await borrowGraph()
  expect(second.url).toBe(first.url)
  expect(Math.abs((await second.clock.now()).getTime() - Date.now())).toBeLessThan(5_000)
  expect(await rows(second, persons)).toEqual(before)
  expect(await rows(second, cases)).toEqual([])
  const query = 'query ($id: ID!) { careCase(id: $id) { id } }'
  expect((await second.query({ query, variables: { id: caseId }, as: 'astrid' })).data).toEqual({ careCase: null })
  // Under the same key as before: that it was used is forgotten as well.
  expect(await startCase(second)).not.toBe(caseId)
  await second.stop()
})

it('is lent to one at a time, and its processes stay', async () => {
  const graph = await borrowGraph()
  await expect(borrowGraph()).rejects.toThrow('borrowed already')
  await expect(graph.kill('messaging')).rejects.toThrow('messaging is shared with other test files and not killed')
  await graph.stop()
})

it.each([
  ['a person', { changed: [['patients.person'], []] }, 'a test has registered a person'],
  [
    'work that goes on',
    { changed: [[], ['messaging.notification']] },
    'rows were written after the last test: messaging.notification',
  ],
  ['a clock that does not come back', { clock: new Date(0) }, 'the clock is off by'],
  ['jobs that never end', { restore: new Error('still at work: sms.send') }, 'still at work'],
])('is lent to nobody after %s was left behind', async (_, { changed = [], clock = new Date(), restore }: Left, told) => {
  const kept: KeptData = { changed: async () => changed.shift() ?? [], restore: async () => restore && Promise.reject(restore) }
  const graph = { log: () => '', clock: { release: async () => clock, now: async () => clock } } as unknown as TestGraph
  const lending = new GraphLending(async () => ({ graph, kept, started: {} as never }))
  await expect((await lending.borrow()).stop()).rejects.toThrow(told)
  await expect(lending.borrow()).rejects.toThrow(`an earlier test file has spoilt the shared graph: ${told}`)
})

type Left = { changed?: string[][]; clock?: Date; restore?: Error }

async function startCase(graph: TestGraph): Promise<string> {
  const { data } = await graph.query<{ questionnaires: { edges: { node: { id: string } }[] } }>({
    query: '{ questionnaires(first: 1) { edges { node { id } } } }',
    as: 'astrid',
  })
  const input = { questionnaire: data?.questionnaires.edges[0]?.node.id, entryChannel: 'APP', idempotencyKey: 'a' }
  const started = await graph.query<{ startTriage: { careCase: { id: string } } }>({
    query: 'mutation ($input: StartTriageInput!) { startTriage(input: $input) { careCase { id } } }',
    variables: { input },
    as: 'astrid',
  })
  return started.data?.startTriage.careCase.id ?? ''
}
