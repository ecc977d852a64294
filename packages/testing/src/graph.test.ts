import { afterAll, beforeAll, expect, it } from 'vitest'
import { startGraph, type TestGraph } from './graph.js'

let graph: TestGraph
beforeAll(async () => {
  // A graph of its own: a process is killed.
  graph = await startGraph()
})
afterAll(() => graph?.stop())

it('answers a test person and an anonymous viewer', async () => {
  const query = '{ me { kind } }'
  expect(await graph.query({ query, as: 'nurse-1' })).toEqual({ data: { me: { kind: 'STAFF' } } })
  expect(await graph.query({ query })).toEqual({ data: { me: { kind: 'ANONYMOUS' } } })
})

it('moves the clock of every process, token expiry included', async () => {
  const before = await graph.token('astrid')
  const at = await graph.clock.set('2027-02-01T12:00:00+01:00')
  expect(at.toISOString()).toBe('2027-02-01T11:00:00.000Z')
  expect((await graph.clock.advance('PT15M')).toISOString()).toBe('2027-02-01T11:15:00.000Z')
  const answer = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${before}` },
    body: JSON.stringify({ query: '{ me { kind } }' }),
  })
  expect(answer.status).toBe(401)
  expect((await graph.query({ query: '{ me { kind } }', as: 'astrid' })).data).toEqual({ me: { kind: 'PATIENT' } })
  await graph.clock.release()
})

it('[A6] tuva turns 13 five days after the data was loaded', async () => {
  const query = '{ me { patient { age } } }'
  await graph.clock.advance('P4D')
  expect((await graph.query({ query, as: 'tuva' })).data).toEqual({ me: { patient: { age: 12 } } })
  await graph.clock.advance('P1D')
  expect((await graph.query({ query, as: 'tuva' })).data).toEqual({ me: { patient: { age: 13 } } })
  await graph.clock.release()
})

it('goes on when a process was killed and started again', async () => {
  await graph.kill('patients')
  expect((await graph.query({ query: '{ careUnits(first: 1) { edges { node { name } } } }' })).errors).toBeDefined()
  await graph.restart('patients')
  expect((await graph.query({ query: '{ careUnits(first: 1) { edges { node { name } } } }' })).errors).toBeUndefined()
})
