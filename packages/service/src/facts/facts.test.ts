import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contract } from '@vardgraf/access'
import { factOwners } from '@vardgraf/manifest'
import { createLogger, systemClock } from '@vardgraf/process'
import { testKeys } from '@vardgraf/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FactsSource, factsSource } from './client.js'
import { answerFacts } from './endpoint.js'
import { NotForCaller } from './not-for-caller.js'

describe('facts', () => {
  const asked: Record<string, unknown[]>[] = []
  let slow = false
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const question = JSON.parse(body) as Record<string, unknown[]>
    asked.push(question)
    if (slow) return
    response.end(JSON.stringify({ guardians: question.guardians?.map((child) => [`guardian of ${child}`]) }))
  })
  let source: FactsSource
  let options: Parameters<typeof factsSource>[0]

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const keys = await testKeys()
    options = {
      self: 'messaging',
      urls: { patients: url, visits: url, messaging: url },
      own: { visitRelation: async (relations) => relations.map(({ unitId }) => unitId === 'mine') },
      key: await keys.key('messaging'),
      clock: systemClock,
      deadlineMs: 1_000,
      log: createLogger('facts', 'silent'),
    }
    source = factsSource(options)
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await source.close()
  })

  it('are asked of their owner once a turn, each key once', async () => {
    const facts = source.facts()
    const [one, two, again] = await Promise.all([
      facts.get('guardians', 'a'),
      facts.get('guardians', 'b'),
      facts.get('guardians', 'a'),
    ])
    expect([one, two, again]).toEqual([['guardian of a'], ['guardian of b'], ['guardian of a']])
    expect(asked).toEqual([{ guardians: ['a', 'b'] }])
  })

  it('of our own need no call', async () => {
    const before = asked.length
    expect(await source.facts().get('visitRelation', { patientId: 'p', unitId: 'mine' })).toBe(true)
    expect(asked).toHaveLength(before)
  })

  it('that do not come in time are an error, never a guess; it says when to come back, and names none of our processes', async () => {
    slow = true
    const problem = await source
      .facts()
      .get('guardians', 'c')
      .catch((error: unknown) => error)
    expect(problem).toMatchObject({
      extensions: { code: 'FACTS_UNAVAILABLE', retryable: true, retryAfterMs: expect.any(Number) },
    })
    expect(JSON.stringify(problem)).not.toMatch(/patients|visits|messaging|billing/)
    slow = false
  })

  it('that the contract does not give us are not even asked for', async () => {
    const before = asked.length
    const visits = factsSource({ ...options, self: 'visits' })
    await expect(visits.facts().get('contact', 'a')).rejects.toThrow(NotForCaller)
    await visits.close()
    expect(asked).toHaveLength(before)
  })

  it.each(Object.entries(contract))(
    'of %s are told to the askers in the contract, and to nobody else',
    async (fact, { owner, askers }) => {
      const told: string[] = []
      for (const caller of ['gateway', 'patients', 'visits', 'messaging', 'billing', 'sandbox', 'stranger'])
        await answerFacts({ [fact]: async () => [] }, { [fact]: [] }, caller).then(
          () => told.push(caller),
          (error: unknown) => expect(error).toBeInstanceOf(NotForCaller),
        )
      expect(told.toSorted()).toEqual([owner, ...askers].toSorted())
    },
  )

  it('belong to the subgraphs that the manifest calls owners of facts, and each of these owns one', () => {
    const owners = new Set(Object.values(contract).map(({ owner }) => owner))
    expect([...owners].sort()).toEqual([...factOwners].sort())
  })

  it('are looked up only when every one of them is for the caller', async () => {
    let looked = 0
    const person = async () => {
      looked += 1
      return []
    }
    const both = { person: [], contact: [] }
    await expect(answerFacts({ person, contact: async () => [] }, both, 'billing')).rejects.toThrow(NotForCaller)
    expect(looked).toBe(0)
  })

  it('of others are refused, and keys that are no list', async () => {
    await expect(answerFacts({}, { person: ['a'] }, 'visits')).rejects.toThrow(RangeError)
    await expect(answerFacts({ person: async () => [] }, { person: 'a' }, 'visits')).rejects.toThrow(RangeError)
    await expect(answerFacts({}, { __proto__: null, constructor: ['a'] }, 'visits')).rejects.toThrow(RangeError)
  })
})
