import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Rig, startRig } from '../testing/gateway.js'
import { loadExamples, readExample } from './examples.js'

let rig: Rig
beforeAll(async () => {
  rig = await startRig({ GRAPHIQL: 'true', SANDBOX_LOGIN_URL: 'http://localhost:4005' })
})
afterAll(() => rig.stop())

it('serves the page and everything that it loads from this process', async () => {
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

it('has the saved examples in it, for the sandbox alone', async () => {
  const html = await (await fetch(rig.gateway.url)).text()
  const config = JSON.parse(/<script id="config" type="application\/json">(.*?)<\/script>/s.exec(html)?.[1] ?? '')
  expect(config).toEqual({ loginUrl: 'http://localhost:4005', examples: await loadExamples() })
  const elsewhere = await startRig({ GRAPHIQL: 'true' })
  expect(await (await fetch(elsewhere.gateway.url)).text()).toContain('{"loginUrl":null,"examples":[]}')
  await elsewhere.stop()
})

it.each([
  ['no-number.graphql', '# Title\n# Log in as: astrid\n# Rules: R1\n{ me { kind } }', 'number'],
  ['01-no-title.graphql', '{ me { kind } }\n# Log in as: astrid\n# Rules: R1\n', 'title'],
  ['02-nobody-named.graphql', '# Title\n# Rules: R1\n{ me { kind } }', 'Log in as'],
  ['03-no-rules.graphql', '# Title\n# Log in as: astrid\n{ me { kind } }', 'Rules'],
  [
    '04-two.graphql',
    '# Title\n# Log in as: nobody\n# Rules: A1, R2\nquery A { me { kind } } query B { me { kind } }',
    'one operation',
  ],
])('takes no example such as %s', (file, text, what) => {
  expect(() => readExample(file, text)).toThrow(what)
  expect(() => readExample(file, text)).toThrow(file)
})

it('reads who it is for, what it takes and what it gives', () => {
  const text = `# Title\n#\n# Log in as: nobody\n# Rules: R1, A2\n# Gives: id = a.first.b\nmutation A($id: ID!, $key: ID! = "1", $more: ID) { a }`
  expect(readExample('07-title.graphql', text)).toEqual({
    number: '07',
    title: 'Title',
    kind: 'mutation',
    query: text,
    person: null,
    rules: ['R1', 'A2'],
    takes: ['id'],
    gives: [{ name: 'id', path: ['a', 'first', 'b'] }],
  })
})

it('is served only when it is switched on', async () => {
  const without = await startRig()
  expect((await fetch(without.gateway.url)).status).toBe(404)
  expect((await fetch(`${without.gateway.url}/graphiql/page.js`)).status).toBe(404)
  await without.stop()
})
