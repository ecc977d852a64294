import { writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Rig, startRig } from './testing/gateway.js'
import type { Fault } from './testing/servers.js'
import { shopSupergraph } from './testing/shop.js'
import { RawSocket, until } from './testing/stream-rig.js'

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

describe('what is wrong with a request', () => {
  const swedish = { 'accept-language': 'sv' }
  const wrong = {
    GRAPHQL_PARSE_FAILED: ['{ me', {}, 'Frågan kunde inte tolkas.', /^Syntax Error: Expected Name/],
    GRAPHQL_VALIDATION_FAILED: ['{ nobody }', {}, 'Frågan passar inte grafens schema.', /^Cannot query field "nobody"/],
    BAD_USER_INPUT: ['query ($id: ID!) { user(id: $id) { id } }', {}, 'Uppgifterna i anropet stämmer inte.', /^Variable "\$id"/],
    BAD_REQUEST: ['fragment f on User { id }', {}, 'Anropet är inte giltigt.', /^The document has no operation/],
  } as const

  it.each(Object.entries(wrong))(
    'is told in Swedish to who reads Swedish, with the detail in English for who develops: %s',
    async (code, [query, variables, message, detail]) => {
      const { body } = await rig.ask(query, { variables, headers: swedish })
      expect(body.errors?.[0]).toMatchObject({ message, extensions: { code, detail: expect.stringMatching(detail) } })
      const english = await rig.ask(query, { variables })
      expect(english.body.errors?.[0]?.message).toMatch(detail)
      expect(english.body.errors?.[0]?.extensions).not.toHaveProperty('detail')
    },
  )

  it.each(Object.entries(wrong).filter(([code]) => code !== 'BAD_REQUEST'))(
    'is told over a socket in the same words: %s',
    async (code, [query, variables, message, detail]) => {
      const raw = new RawSocket(`${rig.gateway.url.replace('http', 'ws')}/graphql`)
      await raw.send({ type: 'connection_init' })
      await until(() => raw.messages.length === 1)
      await raw.subscribe('1', query, variables)
      await until(() => raw.messages.some(({ type }) => type === 'error'))
      expect(raw.messages.at(-1)?.payload).toMatchObject([
        { message, extensions: { code, detail: expect.stringMatching(detail) } },
      ])
      raw.socket.terminate()
    },
  )

  it('is told in graphql-js’ own words over somebody else’s supergraph', async () => {
    const other = await startRig({}, { standalone: true })
    const { body } = await other.ask('{ nobody }', { headers: swedish })
    expect(body.errors?.[0]?.message).toMatch(/^Cannot query field "nobody"/)
    expect(body.errors?.[0]?.extensions).not.toHaveProperty('detail')
    await other.stop()
  })
})

describe('errors that leave', () => {
  it('a failure that nobody foresaw says nothing but an id to ask about', async () => {
    const { body, headers } = await rig.ask('{ product(upc: "b2") { ... on Book { heavy } } }')
    expect(body.data).toEqual({ product: { heavy: null } })
    expect(body.errors?.[0]).toEqual({
      message: 'Something went wrong on our side.',
      path: ['product', 'heavy'],
      extensions: { code: 'INTERNAL', requestId: headers.get('x-request-id') },
    })
  })

  it('an entity that is not there is a null with an error where the schema demands one', async () => {
    const { body } = await rig.ask('{ reviews { id strict { nick } } }')
    expect(body.data).toBeNull()
    expect(body.errors).toHaveLength(1)
  })

  it('keeps a mutation to one try', async () => {
    rig.subgraphs.faults.set('accounts', 'reset')
    await rig.ask('mutation { rename(id: "1", name: "x") { id } }')
    expect(rig.subgraphs.asked).toHaveLength(1)
    await rig.ask('{ me { id } }')
    expect(rig.subgraphs.asked).toHaveLength(3)
  })

  it('the log has ids, durations and codes, and never variables', async () => {
    await rig.ask('query Find($id: ID!) { user(id: $id) { id } }', {
      variables: { id: 'secret-thing' },
      headers: { 'x-request-id': 'request-0001' },
    })
    const line = rig.lines.find((l) => l.msg === 'request')
    expect(line).toMatchObject({
      requestId: 'request-0001',
      status: 200,
      operation: 'Find',
      kind: 'query',
      viewer: { kind: 'ANONYMOUS' },
    })
    expect(line?.fetches).toMatchObject({ accounts: { count: 1 } })
    expect(JSON.stringify(rig.lines)).not.toContain('secret-thing')
    expect(rig.subgraphs.asked.at(-1)?.headers['x-request-id']).toBe('request-0001')
  })

  it('[A5] an id that could be a person’s number is replaced, in the log, for the subgraphs and in the answer', async () => {
    const { headers } = await rig.ask('{ me { id } }', { headers: { 'x-request-id': '19811218-9876' } })
    const made = headers.get('x-request-id')
    expect(made).toMatch(/^[0-9a-f-]{36}$/)
    expect(rig.lines.find((l) => l.msg === 'request')).toMatchObject({ requestId: made })
    expect(rig.subgraphs.asked.at(-1)?.headers['x-request-id']).toBe(made)
    expect(JSON.stringify(rig.lines)).not.toContain('19811218')
  })

  it('a subgraph is told how long the gateway waits', async () => {
    await rig.ask('{ me { id } }')
    expect(Number(rig.subgraphs.asked.at(-1)?.headers['vardgraf-deadline-ms'])).toBeGreaterThan(0)
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
  it('is asked for no longer, but a mutation is carried through', async () => {
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

describe('health', () => {
  const get = async (path: string, { gateway } = rig) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { connection: 'close' } })
    return { status: response.status, body: await response.json() }
  }
  const alone = { draining: false, login: true }

  it.each(['refuse', 'hang'] as const)('stays ready when a subgraph is away (%s), and tells which', async (fault) => {
    const other = await startRig()
    await until(async () => (await get('/health/ready', other)).status === 200)
    other.subgraphs.faults.set('products', fault)
    const away = { accounts: true, products: false, reviews: true }
    await until(async () => {
      const { status, body } = await get('/health/ready', other)
      expect(status).toBe(200)
      return JSON.stringify(body) === JSON.stringify({ status: 'ready', ...alone, subgraphs: away })
    })
    expect((await get('/health/live', other)).status).toBe(200)
    await other.stop()
  })

  it('stays ready when every subgraph is gone', async () => {
    const other = await startRig()
    await until(async () => (await get('/health/ready', other)).status === 200)
    await other.subgraphs.stop()
    const { status, body } = await get('/health/ready', other)
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'ready' })
    await other.stop()
  })

  it('[R28] is not ready before it has had the issuer’s keys, nor once they are too old', async () => {
    const other = await startRig({ OIDC_KEY_REFRESH_MS: '100', OIDC_KEY_STALE_MS: '1500' }, { issuerDown: true })
    const first = await get('/health/ready', other)
    expect(first).toMatchObject({ status: 503, body: { status: 'not ready', login: false } })
    expect((await get('/health/live', other)).status).toBe(200)
    other.issuer.down = false
    await until(async () => (await get('/health/ready', other)).status === 200)
    other.issuer.down = true
    const refused = other.issuer.refused
    await until(() => other.issuer.refused > refused)
    expect((await get('/health/ready', other)).status).toBe(200)
    await until(async () => (await get('/health/ready', other)).status === 503)
    await other.stop()
  })

  it('without login needs no issuer', async () => {
    const other = await startRig({}, { standalone: true, issuerDown: true })
    expect((await get('/health/ready', other)).status).toBe(200)
    await other.stop()
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
