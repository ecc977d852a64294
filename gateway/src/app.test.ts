import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Rig, startRig } from './testing/gateway.js'
import { shopSupergraph } from './testing/shop.js'
import { until } from './testing/until.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.stop())
describe('a gateway that stops', () => {
  it('answers what is under way, and takes nothing new', async () => {
    const other = await startRig()
    other.subgraphs.faults.set('accounts', 'slow')
    const underWay = other.ask('{ me { id } }')
    await until(() => other.subgraphs.asked.length > 0)
    const started = performance.now()
    const stopped = other.gateway.stop()
    await expect(fetch(`${other.gateway.url}/health/live`, { headers: { connection: 'close' } })).rejects.toThrow()
    expect((await underWay).body).toEqual({ data: { me: { id: '1' } } })
    await stopped
    expect(performance.now() - started).toBeLessThan(5_000)
    await Promise.all([other.subgraphs.stop(), other.issuer.stop()])
  })
})

describe('a new supergraph', () => {
  it('is used for new operations; one that is not valid is left alone', async () => {
    const sdl = shopSupergraph((service) => rig.subgraphs.urls.get(service) ?? '')
    const withoutPages = sdl.replace(/^ *pages: Int.*$/m, '')
    expect(withoutPages).not.toBe(sdl)
    const pages = '{ topProducts(first: 1) { ... on Book { pages } } }'
    expect((await rig.ask(pages)).body.errors).toBeUndefined()
    await writeFile(rig.supergraphFile, withoutPages)
    await rig.gateway.reload()
    expect((await rig.ask(pages)).body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
    await writeFile(rig.supergraphFile, 'type Query { broken }')
    await rig.gateway.reload()
    expect((await rig.ask('{ me { id } }')).body.data).toEqual({ me: { id: '1' } })
    await writeFile(rig.supergraphFile, sdl)
    await rig.gateway.reload()
    expect((await rig.ask(pages)).body.errors).toBeUndefined()
  })
})
