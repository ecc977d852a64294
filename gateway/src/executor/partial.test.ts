import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Rig, startRig } from '../testing/gateway.js'
import type { Fault } from '../testing/servers.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig({ INTROSPECTION: 'true' })
})
afterAll(() => rig.stop())
afterEach(() => {
  rig.subgraphs.faults.clear()
  rig.subgraphs.asked.length = 0
  rig.lines.length = 0
})

const joined = '{ me { id name reviews { body } } topProducts(first: 1) { title } }'

describe('a subgraph that fails', () => {
  const cases: [Fault, string][] = [
    ['refuse', 'SUBGRAPH_UNAVAILABLE'],
    ['html', 'SUBGRAPH_UNAVAILABLE'],
    ['reset', 'SUBGRAPH_UNAVAILABLE'],
    ['huge', 'OPERATION_TOO_COMPLEX'],
    ['hang', 'SUBGRAPH_TIMEOUT'],
  ]
  it.each(cases)('(%s) leaves the rest of the answer, with %s at its place', async (fault, code) => {
    rig.subgraphs.faults.set('reviews', fault)
    const { status, body } = await rig.ask(joined)
    expect(status).toBe(200)
    expect(body.data).toEqual({ me: { id: '1', name: 'Ada', reviews: null }, topProducts: [{ title: 'Ett' }] })
    expect(body.errors).toHaveLength(1)
    expect(body.errors?.[0]).toMatchObject({ path: ['me'], extensions: { code } })
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN|at .*\.ts/)
    expect(rig.lines.find((line) => line.code === code)).toMatchObject({ service: 'reviews' })
  })

  it('names each root field that is missing', async () => {
    rig.subgraphs.faults.set('accounts', 'refuse')
    const { body } = await rig.ask('{ a: user(id: "1") { id } me { id } topProducts { title } }')
    expect(body.data).toMatchObject({ a: null, me: null })
    expect(body.errors?.map((e) => e.path)).toEqual([['a'], ['me']])
  })

  it('carries a null up to the nearest nullable parent, with one error', async () => {
    rig.subgraphs.faults.set('accounts', 'refuse')
    const { body } = await rig.ask('{ reviews { id strict { nick } } me { id } }')
    expect(body.data).toBeNull()
    expect(body.errors?.map((e) => e.extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE'])
  })

  it('speaks the language of the reader', async () => {
    rig.subgraphs.faults.set('reviews', 'refuse')
    const { body } = await rig.ask(joined, { headers: { 'accept-language': 'sv-SE,en;q=0.5' } })
    expect(body.errors?.[0]?.message).toBe('En del av tjänsten svarar inte just nu. Ring 112 om det är akut.')
    expect(rig.subgraphs.asked.every(({ headers }) => headers['accept-language'] === 'sv')).toBe(true)
  })
})

describe('requests to subgraphs', () => {
  it('ask for each entity once', async () => {
    const { body } = await rig.ask('{ reviews { author { name } } }')
    expect(body.data).toEqual({ reviews: [{ author: { name: 'Ada' } }, { author: { name: '' } }, { author: { name: 'Ada' } }] })
    const entities = rig.subgraphs.asked.find(({ service }) => service === 'accounts')
    expect(entities?.body.variables.representations).toEqual([
      { __typename: 'User', id: '1' },
      { __typename: 'User', id: '2' },
    ])
  })
})

describe('a client that goes away', () => {
  it('stops a query, but a mutation is finished', async () => {
    const leave = async (query: string): Promise<void> => {
      rig.subgraphs.asked.length = 0
      rig.subgraphs.faults.set('accounts', 'slow')
      const client = new AbortController()
      const answer = rig.ask(query, { signal: client.signal }).catch(() => {})
      await expect.poll(asked, { interval: 5 }).toEqual(['accounts'])
      client.abort()
      await answer
      await new Promise((resolve) => setTimeout(resolve, 350))
    }
    const asked = (): string[] => rig.subgraphs.asked.map(({ service }) => service)
    await leave('{ me { id reviews { id } } }')
    expect(asked()).toEqual(['accounts'])
    await leave('mutation { rename(id: "1", name: "x") { id reviews { id } } }')
    await expect.poll(asked).toEqual(['accounts', 'reviews'])
  })
})
