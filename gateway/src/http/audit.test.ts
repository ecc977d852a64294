import { auditServer } from 'graphql-http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Rig, startRig } from '../testing/gateway.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig({}, { standalone: true })
})
afterAll(() => rig.stop())

it('conforms to GraphQL over HTTP without an error or a warning', async () => {
  const results = await auditServer({ url: `${rig.gateway.url}/graphql` })
  expect(results.length).toBeGreaterThan(50)
  expect(results.filter((result) => result.status !== 'ok').map(({ id, name, status }) => ({ id, name, status }))).toEqual([])
})
