import { parse } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Rig, startRig } from '../testing/gateway.js'
import { loadExamples } from './examples.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig({ GRAPHIQL: 'true', SANDBOX_LOGIN_URL: 'http://localhost:4005' })
})
afterAll(() => rig.stop())

it('serves the page and all that it loads, from here alone', async () => {
  const page = await fetch(rig.gateway.url)
  const html = await page.text()
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(page.headers.get('content-security-policy')).toContain('http://localhost:4005')
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '')
  expect(loaded.length).toBeGreaterThan(3)
  for (const path of [
    ...loaded,
    '/graphiql/graphql.worker.js',
    '/graphiql/json.worker.js',
    '/graphiql/editorWorkerService.worker.js',
  ]) {
    expect(path).toMatch(/^\//)
    expect((await fetch(rig.gateway.url + path)).status, path).toBe(200)
  }
})

it('has the saved examples in it', async () => {
  const examples = await loadExamples()
  expect(examples.length).toBeGreaterThan(0)
  for (const { file, query } of examples) expect(() => parse(query), file).not.toThrow()
  const html = await (await fetch(rig.gateway.url)).text()
  const config = JSON.parse(/<script id="config" type="application\/json">(.*?)<\/script>/s.exec(html)?.[1] ?? '')
  expect(config).toEqual({
    loginUrl: 'http://localhost:4005',
    examples: examples.map(({ query, variables }) => ({ query, variables })),
  })
})

it('is not there unless it is switched on', async () => {
  const without = await startRig()
  expect((await fetch(without.gateway.url)).status).toBe(404)
  expect((await fetch(`${without.gateway.url}/graphiql/page.js`)).status).toBe(404)
  await without.stop()
})
