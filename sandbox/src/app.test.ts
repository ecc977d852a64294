import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createLogger, followClock } from '@vardgraf/process'
import { migrateService } from '@vardgraf/service'
import { signedViewer, startPostgres, type TestDatabase, testKeys } from '@vardgraf/testing'
import { createClient } from 'graphql-ws'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startSandbox } from './app.js'
import { readConfig } from './config.js'
import { migration } from './database.js'
import { identitiesOf } from './eid/identities.js'

const log = createLogger('sandbox', 'silent')
const port = 40_000 + Math.floor(Math.random() * 10_000)
const base = `http://localhost:${port}`
const issuer = `${base}/eid`
let database: TestDatabase
let sandbox: Awaited<ReturnType<typeof startSandbox>>

const boot = async () => {
  const unused = 'http://localhost:1'
  const env = {
    ...(await testKeys()).env('sandbox'),
    NODE_ENV: 'test',
    PORT: String(port),
    DATABASE_URL: await database.login('sandbox'),
    PATIENTS_URL: unused,
    VISITS_URL: unused,
    MESSAGING_URL: unused,
    SANDBOX_ISSUER: issuer,
    LOG_LEVEL: 'silent',
  }
  return startSandbox(readConfig(env), log)
}

beforeAll(async () => {
  database = await startPostgres()
  await migrateService(database.url, migration)
  sandbox = await boot()
})
afterAll(async () => {
  await sandbox?.stop()
  await database?.stop()
})

async function graph(query: string, variables: object = {}) {
  const response = await fetch(`${base}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await signedViewer('sandbox', { kind: 'ANONYMOUS' }, sandboxNow())) },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as { data: Record<string, never>; errors?: { extensions: { code: string } }[] }
}

/** The signed viewer is checked against the sandbox's clock. */
let moved = 0
const sandboxNow = (): Date => new Date(Date.now() + moved)
const jwks = () => createRemoteJWKSet(new URL(`${issuer}/jwks`))
const tokenOf = async (person: string): Promise<string> => {
  const response = await fetch(`${base}/token?person=${person}`)
  return ((await response.json()) as { access_token: string }).access_token
}

describe('the test e-ID', () => {
  it('is discovered as an OpenID Connect provider with PKCE and one signing algorithm', async () => {
    const metadata = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>
    expect(metadata).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['ES256'],
    })
  })

  it('advertises what its client can do, and nothing else', async () => {
    const metadata = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>
    const { claims_supported, scopes_supported, ...rest } = metadata as Record<string, string[]>
    expect(rest).toEqual({
      acr_values_supported: ['http://id.elegnamnden.se/loa/1.0/loa3'],
      authorization_endpoint: `${issuer}/auth`,
      authorization_response_iss_parameter_supported: true,
      claim_types_supported: ['normal'],
      claims_parameter_supported: false,
      code_challenge_methods_supported: ['S256'],
      end_session_endpoint: `${issuer}/session/end`,
      grant_types_supported: ['authorization_code'],
      id_token_signing_alg_values_supported: ['ES256'],
      issuer,
      jwks_uri: `${issuer}/jwks`,
      request_uri_parameter_supported: false,
      response_modes_supported: ['form_post', 'fragment', 'query'],
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      token_endpoint: `${issuer}/token`,
      token_endpoint_auth_methods_supported: ['none'],
    })
    expect(scopes_supported?.toSorted()).toEqual([
      'commission',
      'graph',
      'https://id.oidc.se/scope/naturalPersonInfo',
      'https://id.oidc.se/scope/naturalPersonNumber',
      'openid',
      'profile',
    ])
    const told = new Set(['acr', 'auth_time', 'iss', 'sid', 'sub'])
    for (const { claims } of identitiesOf('2026-11-22').values()) for (const name of Object.keys(claims)) told.add(name)
    expect(claims_supported?.toSorted()).toEqual([...told].sort())
  })

  it('[R28] gives a test person the claims of the Swedish specification', async () => {
    const { payload, protectedHeader } = await jwtVerify(await tokenOf('astrid'), jwks(), { issuer, audience: 'vardgraf' })
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
    expect(payload).toMatchObject({
      given_name: 'Astrid',
      acr: 'http://id.elegnamnden.se/loa/1.0/loa3',
      'https://id.oidc.se/claim/personalIdentityNumber': expect.stringMatching(/^\d{12}$/),
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(1_800)
  })

  it('gives staff their assignment and no personal identity number', async () => {
    const { payload } = await jwtVerify(await tokenOf('nurse-1'), jwks())
    expect(payload).toMatchObject({ employeeHsaId: 'SE2321000172-1001', healthCareUnitHsaId: 'SE2321000172-H001', role: 'NURSE' })
    expect(Object.keys(payload)).not.toContain('https://id.oidc.se/claim/personalIdentityNumber')
  })

  it('[R28] gives no level of assurance to a person with only a co-ordination number', async () => {
    const { payload } = await jwtVerify(await tokenOf('kim'), jwks())
    expect(payload.acr).toBeUndefined()
    expect(payload['https://id.oidc.se/claim/coordinationNumber']).toMatch(/^199001619919|^19900161\d{4}$/)
  })

  it('refuses a person that does not exist, and names those that do', async () => {
    const response = await fetch(`${base}/token?person=nobody`)
    expect(response.status).toBe(404)
    expect(((await response.json()) as { persons: string[] }).persons).toContain('astrid')
  })

  it('keeps tokens of the key before valid when the key is rotated', async () => {
    const before = await tokenOf('astrid')
    await fetch(`${issuer}/rotate-keys`, { method: 'POST' })
    const after = await tokenOf('astrid')
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid)
    for (const token of [before, after]) await jwtVerify(token, jwks(), { issuer, audience: 'vardgraf' })
  })
})

describe('logging in', () => {
  const redirect = 'http://localhost:5173/callback'

  /** Follows redirects by hand, as a browser with cookies would. */
  class Browser {
    private readonly cookies = new Map<string, string>()
    constructor(private readonly language = 'sv') {}

    async open(url: string, init: RequestInit = {}): Promise<Response> {
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(url, { ...init, redirect: 'manual', headers: { 'accept-language': this.language, cookie } })
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
      }
      const to = response.headers.get('location')
      // To the client, not to a page of the e-ID.
      if (!to || !new URL(to, url).href.startsWith(issuer)) return response
      return this.open(new URL(to, url).href)
    }
  }

  const authorize = (more: Record<string, string>): string =>
    `${issuer}/auth?${new URLSearchParams({
      client_id: 'vardgraf-sandbox',
      response_type: 'code',
      redirect_uri: redirect,
      scope: 'openid profile https://id.oidc.se/scope/naturalPersonNumber graph',
      state: 'mine',
      ...more,
    })}`

  const pkce = () => {
    const verifier = randomBytes(32).toString('base64url')
    return {
      verifier,
      asked: { code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' },
    }
  }

  /** Chooses tuva on the login page; gives the answer to the client, and what its code is exchanged for. */
  async function logIn(redirectUri: string) {
    const browser = new Browser('en')
    const { verifier, asked } = pkce()
    const page = await browser.open(authorize({ ...asked, redirect_uri: redirectUri }))
    const html = await page.text()
    const action = /action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#47;', '/') ?? ''
    const body = new URLSearchParams({ person: 'tuva' })
    const back = await browser.open(`${base}${action}`, { method: 'POST', body })
    const location = back.headers.get('location') ?? ''
    const answer = new URL(location)
    const exchanged = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: answer.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        client_id: 'vardgraf-sandbox',
        code_verifier: verifier,
      }),
    })
    const tokens = (await exchanged.json()) as { access_token: string; id_token: string }
    return { browser, html, location, answer, tokens }
  }

  it('goes through the login page, by code and PKCE, to an access token for the graph', async () => {
    const { html, answer, tokens } = await logIn(redirect)
    expect(html).toContain('<html lang="en">')
    expect(html).toContain('value="tuva"')
    expect(answer.searchParams.get('state')).toBe('mine')
    const { payload } = await jwtVerify(tokens.access_token, jwks(), { issuer, audience: 'vardgraf', typ: 'at+jwt' })
    expect(payload).toMatchObject({ sub: 'tuva', given_name: 'Tuva', acr: 'http://id.elegnamnden.se/loa/1.0/loa3' })
    const identity = await jwtVerify(tokens.id_token, jwks(), { issuer, audience: 'vardgraf-sandbox' })
    expect(identity.payload['https://id.oidc.se/claim/personalIdentityNumber']).toMatch(/^\d{12}$/)
  })

  it.each([
    ['an app by a scheme of its own', 'se.example.vard:/callback'],
    ['an app by a scheme of its own, with an authority', 'se.example.vard://login/callback'],
    ['a program on this machine, on whatever port it got', 'http://127.0.0.1:61023/'],
    ['the same over IPv6', 'http://[::1]:49152/callback'],
  ])('gives %s an access token', async (_what, redirectUri) => {
    const { location, answer, tokens } = await logIn(redirectUri)
    expect(location.startsWith(`${redirectUri}?code=`), location).toBe(true)
    expect(answer.searchParams.get('iss')).toBe(issuer)
    const { payload } = await jwtVerify(tokens.access_token, jwks(), { issuer, audience: 'vardgraf', typ: 'at+jwt' })
    expect(payload.sub).toBe('tuva')
  })

  it('logs out, and returns to the client', async () => {
    const { browser, tokens } = await logIn(redirect)
    const leave = new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: redirect })
    const page = await browser.open(`${issuer}/session/end?${leave}`)
    expect(page.status).toBe(200)
    const [, action = ''] = /action="([^"]+)"/.exec(await page.clone().text()) ?? []
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(await page.text()) ?? []
    const body = new URLSearchParams({ xsrf, logout: 'yes' })
    const back = await browser.open(action, { method: 'POST', body })
    expect(back.headers.get('location')).toBe(redirect)
  })

  it('speaks Swedish by default', async () => {
    const page = await new Browser().open(authorize(pkce().asked))
    expect(await page.text()).toContain('Logga in med test-e-legitimation')
  })

  it('returns to the client when the person cancels', async () => {
    const browser = new Browser()
    const html = await (await browser.open(authorize(pkce().asked))).text()
    const action = /action="([^"]+)"/.exec(html)?.[1] ?? ''
    const back = await browser.open(`${base}${action}`, { method: 'POST', body: new URLSearchParams({ cancel: 'true' }) })
    expect(back.headers.get('location')).toContain('error=access_denied')
  })

  it('refuses a login without PKCE', async () => {
    const response = await new Browser().open(authorize({}))
    expect(response.headers.get('location')).toContain('error=invalid_request')
  })

  const elsewhere = 'https://elsewhere.example/?q=<script>alert(1)</script>'
  it.each([
    ['sv', { redirect_uri: elsewhere }, 'invalid_redirect_uri', 'Adressen att återvända till är inte registrerad'],
    ['en', { redirect_uri: elsewhere }, 'invalid_redirect_uri', 'The address to return to is not registered'],
    ['en', { redirect_uri: 'myapp://callback' }, 'invalid_redirect_uri', 'com.example.app:/callback'],
    ['sv', { client_id: 'another' }, 'invalid_client', 'Tjänsten är inte känd'],
    ['en', { client_id: 'another' }, 'invalid_client', 'The service is not known'],
    ['en', { client_id: 'another', redirect_uri: elsewhere }, 'invalid_client', 'The service is not known'],
    ['sv', { client_id: '' }, 'invalid_request', 'Inloggningen kan inte börja'],
  ])('shows in %s what is wrong with %j, and does not redirect: %s', async (language, change, code, title) => {
    const response = await new Browser(language).open(authorize({ ...pkce().asked, ...change }))
    const html = await response.text()
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(html).toContain(`<html lang="${language}">`)
    expect(html).toContain(`<code>${code}</code>`)
    expect(html).toContain(title)
    expect(html).toMatch(/<meta name="viewport"[\s\S]*<title>[\s\S]*<main>[\s\S]*<h1>/)
    expect(html).not.toContain('gäller inte längre')
    expect(html).not.toContain('<script>')
  })

  it('says that a login has ended', async () => {
    const response = await new Browser('en').open(`${issuer}/login/gone`)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('This login is no longer valid')
    const resumed = await new Browser('en').open(`${issuer}/auth/gone`)
    expect(resumed.status).toBe(400)
    expect(await resumed.text()).toContain('This login is no longer valid')
  })
})

describe('the clock', () => {
  afterEach(async () => {
    await graph('mutation { sandboxReleaseClock { now } }')
    moved = 0
  })

  it('is set in every process when the mutation returns', async () => {
    const follower = await followClock(`ws://localhost:${port}/clock`)
    const { data } = await graph(
      'mutation { sandboxSetClock(at: "2026-06-21T23:59:50+02:00", frozen: true) { now frozen offsetMs } }',
    )
    moved = Date.parse('2026-06-21T23:59:50+02:00') - Date.now()
    expect(data).toMatchObject({ sandboxSetClock: { now: '2026-06-21T23:59:50+02:00', frozen: true } })
    expect(follower.now().toISOString()).toBe('2026-06-21T21:59:50.000Z')
    follower.close()
  })

  it('runs on from where it was set unless frozen, and advances by calendar days', async () => {
    const at = Date.parse('2026-03-28T12:00:00+01:00')
    await graph('mutation { sandboxSetClock(at: "2026-03-28T12:00:00+01:00") { now } }')
    moved = at - Date.now()
    const { data } = await graph('mutation { sandboxAdvanceClock(by: "P1D") { now } }')
    moved += 23 * 3_600_000
    expect((data as never as { sandboxAdvanceClock: { now: string } }).sandboxAdvanceClock.now).toMatch(
      /^2026-03-29T12:00:0\d(\.\d+)?\+02:00$/,
    )
  })

  it('does not wait for a follower that hangs for longer than two seconds', async () => {
    const silent = new WebSocket(`ws://localhost:${port}/clock`)
    await new Promise((resolve) => silent.once('message', resolve))
    const began = performance.now()
    await graph('mutation { sandboxAdvanceClock(by: "1") { now } }')
    expect(performance.now() - began).toBeGreaterThan(1_900)
    silent.terminate()
  })

  it.each(['soon', 'P1Q', ''])('refuses to advance by %j', async (by) => {
    const { errors } = await graph('mutation ($by: String!) { sandboxAdvanceClock(by: $by) { now } }', { by })
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('decides when tokens expire', async () => {
    await graph('mutation { sandboxSetClock(at: "2030-01-01T00:00:00+01:00", frozen: true) { now } }')
    moved = Date.parse('2030-01-01T00:00:00+01:00') - Date.now()
    const { payload } = await jwtVerify(await tokenOf('astrid'), jwks(), { currentDate: sandboxNow() })
    expect(payload.exp).toBe(Date.parse('2030-01-01T00:30:00+01:00') / 1000)
  })

  it('is kept over a restart', async () => {
    await graph('mutation { sandboxSetClock(at: "2027-01-01T00:00:00+01:00", frozen: true) { now } }')
    moved = Date.parse('2027-01-01T00:00:00+01:00') - Date.now()
    await sandbox.stop()
    sandbox = await boot()
    const { data } = await graph('{ sandboxClock { now frozen } }')
    expect(data).toEqual({ sandboxClock: { now: '2027-01-01T00:00:00+01:00', frozen: true } })
  })
})

describe('the SMS inbox', () => {
  const operator = (form: Record<string, string>, authorization = `Basic ${btoa('sandbox:sandbox')}`): Promise<Response> =>
    fetch(`${base}/sms-operator/a1/sms`, { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) })

  it("takes messages as the operator's API does and shows them page by page", async () => {
    for (const message of ['ett', 'två', 'tre']) {
      const response = await operator({ from: 'Vardgraf', to: '070-174 06 05', message })
      expect([response.status, ((await response.json()) as { to: string }).to]).toEqual([200, '+46701740605'])
    }
    const page =
      'query ($after: String) { sandboxSmsInbox(number: "+46701740605", first: 2, after: $after) { edges { node { message from } } pageInfo { hasNextPage endCursor } } }'
    const first = (await graph(page)).data as never as {
      sandboxSmsInbox: { edges: object[]; pageInfo: { endCursor: string; hasNextPage: boolean } }
    }
    expect(first.sandboxSmsInbox.edges).toEqual([
      { node: { message: 'ett', from: 'Vardgraf' } },
      { node: { message: 'två', from: 'Vardgraf' } },
    ])
    expect(first.sandboxSmsInbox.pageInfo.hasNextPage).toBe(true)
    const { data } = await graph(page, { after: first.sandboxSmsInbox.pageInfo.endCursor })
    expect(data).toMatchObject({ sandboxSmsInbox: { edges: [{ node: { message: 'tre' } }], pageInfo: { hasNextPage: false } } })
  })

  it('gives more than 120 SMS once each and in order, over pages and behind any cursor of the stream', async () => {
    const number = '+46701740607'
    const texts = Array.from({ length: 125 }, (_, index) => `sms ${index + 1}`)
    const query = `query ($after: String) { sandboxSmsInbox(number: "${number}", first: 3, after: $after) {
      edges { cursor node { message } } pageInfo { hasNextPage endCursor } } }`
    type Page = {
      sandboxSmsInbox: {
        edges: { cursor: string; node: { message: string } }[]
        pageInfo: { endCursor: string; hasNextPage: boolean }
      }
    }
    for (const message of texts) await operator({ from: 'a', to: number, message })
    const found: { cursor: string; node: { message: string } }[] = []
    for (let after: string | null = null, more = true; more; ) {
      const { edges, pageInfo }: Page['sandboxSmsInbox'] = ((await graph(query, { after })).data as never as Page).sandboxSmsInbox
      found.push(...edges)
      after = pageInfo.endCursor
      more = pageInfo.hasNextPage
    }
    expect(found.map(({ node }) => node.message)).toEqual(texts)

    const client = createClient({
      url: `ws://localhost:${port}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: await signedViewer('sandbox', { kind: 'ANONYMOUS' }),
    })
    const stream = client.iterate<{ sandboxSmsReceived: { message: string } }>({
      query: `subscription ($after: String) { sandboxSmsReceived(number: "${number}", after: $after) { message } }`,
      variables: { after: found[0]?.cursor },
    })
    const streamed: unknown[] = []
    for await (const { data } of stream)
      if (streamed.push(data?.sandboxSmsReceived.message) === texts.length) break
      else if (streamed.length === texts.length - 1) await operator({ from: 'a', to: number, message: 'the last' })
    expect(streamed).toEqual([...texts.slice(1), 'the last'])
    await client.dispose()
  })

  it.each([
    ['the wrong password', { from: 'a', to: '+46701740605', message: 'b' }, `Basic ${btoa('sandbox:wrong')}`, 401],
    ['no receiver', { from: 'a', message: 'b' }, undefined, 403],
    ['no text', { from: 'a', to: '+46701740605' }, undefined, 403],
  ])('refuses %s', async (_what, form, authorization, status) => {
    expect((await operator(form as unknown as Record<string, string>, authorization)).status).toBe(status)
  })

  it('streams what comes, from now on or behind a cursor, to whoever listens to the number', async () => {
    const client = createClient({
      url: `ws://localhost:${port}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: await signedViewer('sandbox', { kind: 'ANONYMOUS' }),
    })
    const query = 'subscription ($after: String) { sandboxSmsReceived(number: "+46701740606", after: $after) { message cursor } }'
    const listen = (after?: string) =>
      client.iterate<{ sandboxSmsReceived: { message: string; cursor: string } }>({ query, variables: { after } })
    await operator({ from: 'a', to: '+46701740606', message: 'before' })
    const stream = listen()
    const next = stream.next()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await operator({ from: 'a', to: '+46701740606', message: 'during' })
    const event = (await next).value as { data: { sandboxSmsReceived: { message: string; cursor: string } } }
    expect(event.data.sandboxSmsReceived.message).toBe('during')
    await stream.return?.()
    await operator({ from: 'a', to: '+46701740606', message: 'after' })
    const resumed = listen(event.data.sandboxSmsReceived.cursor)
    const again = (await resumed.next()).value as typeof event
    expect(again.data.sandboxSmsReceived.message).toBe('after')
    await client.dispose()
  })
})

it.each(['production', '', undefined])(
  'neither starts, nor loads its persons, nor makes its tables when NODE_ENV is %s',
  (NODE_ENV) => {
    for (const program of ['index', 'load', 'migrate']) {
      const file = fileURLToPath(new URL(`../dist/${program}.js`, import.meta.url))
      const { PATH } = process.env
      const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
        env: { PATH, MIGRATOR_DATABASE_URL: 'postgresql://localhost:1/none', ...(NODE_ENV !== undefined && { NODE_ENV }) },
        encoding: 'utf8',
      })
      expect(status).toBe(1)
      expect(stdout + stderr).toMatch(/the sandbox does not run in production/)
    }
  },
)
