import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger, systemClock } from '@vardgraf/process'
import { testKeys } from '@vardgraf/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerFacts, type FactsSource, factsSource } from './facts.js'

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

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const keys = await testKeys()
    source = factsSource({
      self: 'visits',
      urls: { patients: url, visits: url, messaging: url },
      own: { visitRelation: async (relations) => relations.map(({ unitId }) => unitId === 'mine') },
      key: await keys.key('visits'),
      clock: systemClock,
      deadlineMs: 1_000,
      log: createLogger('facts', 'silent'),
    })
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

  it('that do not come in time are an error, never a guess', async () => {
    slow = true
    await expect(source.facts().get('guardians', 'c')).rejects.toMatchObject({
      extensions: { code: 'FACTS_UNAVAILABLE', owner: 'patients' },
    })
    slow = false
  })

  it('of others are refused, and keys that are no list', async () => {
    await expect(answerFacts({}, { person: ['a'] }, 'visits')).rejects.toThrow(RangeError)
    await expect(answerFacts({ person: async () => [] }, { person: 'a' }, 'visits')).rejects.toThrow(RangeError)
    await expect(answerFacts({}, { __proto__: null, constructor: ['a'] }, 'visits')).rejects.toThrow(RangeError)
  })
})
