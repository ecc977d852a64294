import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { factOwners, subgraphNames, urlSetting } from '@vardgraf/manifest'
import {
  Child,
  type DatabaseUrls,
  freePorts,
  makeServiceKeys,
  type ProcessSpec,
  programOf,
  root,
  type ServiceKeys,
} from '@vardgraf/supervisor'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from './postgres.js'
import { startPreparedPostgres } from './prepared-database.js'

/** The processes of a production platform; there is no sandbox. */
const production = [...subgraphNames, 'gateway'] as const
type Production = (typeof production)[number]

const logs = mkdtempSync(join(tmpdir(), 'vardgraf-production-'))
const children: Child[] = []
let database: TestDatabase
let databaseUrls: DatabaseUrls
let issuer: { url: string; token(claims: Record<string, string>): Promise<string>; server: Server }
let keys: ServiceKeys
let ports: Record<Production, number>

beforeAll(async () => {
  const free = await freePorts(production.length)
  ports = Object.fromEntries(production.map((name, index) => [name, free[index] ?? 0])) as typeof ports
  ;[database, issuer, keys] = await Promise.all([startPreparedPostgres(), startIssuer(), makeServiceKeys('2026-11', production)])
  databaseUrls = await database.logins()
})
afterAll(async () => {
  await Promise.all(children.map((child) => child.stop()))
  await database?.stop()
  issuer?.server.close()
  rmSync(logs, { recursive: true, force: true })
})

/** All that each process is told: README's table of production settings. */
function specOf(name: Production, more: Record<string, string> = {}): ProcessSpec {
  const at = (process: Production): string => `http://localhost:${ports[process]}`
  const urls = (names: readonly Production[]) => Object.fromEntries(names.map((each) => [urlSetting(each), at(each)]))
  const everyone = {
    NODE_ENV: 'production',
    PORT: String(ports[name]),
    SERVICE_KEY: JSON.stringify(keys.privateKeys[name]),
    TRUSTED_KEYS: JSON.stringify(keys.jwks),
    ...urls(factOwners),
  }
  const subgraph = { DATABASE_URL: name === 'gateway' ? '' : databaseUrls[name], CURSOR_KEYS: JSON.stringify(keys.cursors) }
  const own: Partial<Record<Production, Record<string, string>>> = {
    messaging: {
      ...subgraph,
      SMS_OPERATOR_URL: 'https://api.46elks.example',
      SMS_OPERATOR_USER: 'user',
      SMS_OPERATOR_PASSWORD: 'password',
    },
    gateway: {
      ...urls(subgraphNames),
      SUPERGRAPH_FILE: join(root, 'supergraph.graphql'),
      OIDC_ISSUER: issuer.url,
      PRINCIPALS_URL: at('patients'),
    },
  }
  const env = { ...everyone, ...(own[name] ?? subgraph), ...more }
  return { name, command: [programOf(name, 'index')], port: ports[name], env }
}

/** Any OpenID Connect provider would do: discovery, keys, and tokens with the claims of the Swedish specification. */
async function startIssuer(): Promise<typeof issuer> {
  const { publicKey, privateKey } = await generateKeyPair('PS256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'regional-idp-1', alg: 'PS256', use: 'sig' }
  const server = createServer((request, response) => {
    const url = `http://localhost:${(server.address() as AddressInfo).port}`
    const metadata = { issuer: url, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['PS256'] }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : metadata))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const token = (claims: Record<string, string>): Promise<string> =>
    new SignJWT({ acr: 'http://id.elegnamnden.se/loa/1.0/loa3', ...claims })
      .setProtectedHeader({ alg: 'PS256', kid: jwk.kid })
      .setIssuer(url)
      .setAudience('vardgraf')
      .setSubject('someone')
      .setIssuedAt()
      .setExpirationTime('30 minutes')
      .sign(privateKey)
  return { url, token, server }
}

async function ask(query: string, token?: string) {
  const response = await fetch(`http://localhost:${ports.gateway}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as { data?: Record<string, unknown>; errors?: { extensions: { code: string } }[] }
}

describe('production', () => {
  it('starts each process by its own command against any PostgreSQL and any OpenID Connect issuer', async () => {
    children.push(...production.map((name) => new Child(specOf(name), join(logs, `${name}.log`))))
    await Promise.all(children.map((child) => child.start()))
    const token = await issuer.token({
      given_name: 'Nils',
      family_name: 'Ny',
      'https://id.oidc.se/claim/personalIdentityNumber': '198112189876',
    })
    const { data } = await ask('{ me { kind patient { givenName } } careUnits(first: 1) { edges { node { name } } } }', token)
    expect(data).toMatchObject({
      me: { kind: 'PATIENT', patient: { givenName: 'Nils' } },
      careUnits: { edges: [expect.anything()] },
    })
  })

  it('has nothing of the sandbox in its graph, and keeps its schema to itself', async () => {
    for (const query of ['{ sandboxClock { now } }', '{ __schema { types { name } } }']) {
      expect((await ask(query)).errors).toBeDefined()
    }
  })

  it.each(production)('%s refuses a setting of the sandbox', async (name) => {
    const child = new Child(
      specOf(name, { PORT: '0', SANDBOX_CLOCK_URL: 'ws://localhost:4005/clock' }),
      join(logs, 'refused.log'),
    )
    await expect(child.start()).rejects.toThrow(/Production does not start with sandbox settings: SANDBOX_CLOCK_URL/)
  })

  it.each(production)("%s refuses the sandbox's key", async (name) => {
    const { privateKeys, jwks } = await makeServiceKeys('sandbox', production)
    const more = { PORT: '0', SERVICE_KEY: JSON.stringify(privateKeys[name]), TRUSTED_KEYS: JSON.stringify(jwks) }
    const child = new Child(specOf(name, more), join(logs, 'refused.log'))
    await expect(child.start()).rejects.toThrow(/does not start with the sandbox key/)
  })

  it('refuses the sandbox’s key of cursors', async () => {
    const { cursors } = await makeServiceKeys('sandbox', [])
    const child = new Child(specOf('visits', { PORT: '0', CURSOR_KEYS: JSON.stringify(cursors) }), join(logs, 'refused.log'))
    await expect(child.start()).rejects.toThrow(/CURSOR_KEYS: production does not start with the sandbox key cursor.sandbox/)
  })

  describe.each(production.filter((name) => name !== 'gateway'))('%s and the database', (name) => {
    const startWith = (url: string): Promise<void> =>
      new Child(specOf(name, { PORT: '0', DATABASE_URL: url }), join(logs, 'refused.log')).start()

    it('[A3] refuses a login that could switch off the access log', async () => {
      await expect(startWith(database.url)).rejects.toThrow(
        new RegExp(
          `DATABASE_URL: its login is a superuser, .*: give this process a login with the role vardgraf_${name} and no other`,
        ),
      )
    })

    it('refuses the login of another, and one without a role', async () => {
      const other = name === 'visits' ? databaseUrls.messaging : databaseUrls.visits
      await expect(startWith(other)).rejects.toThrow(/DATABASE_URL: its login reaches the tables of another service/)
      await database.owner.query(`CREATE ROLE stranger_${name} LOGIN`)
      const stranger = new URL(database.url)
      stranger.username = `stranger_${name}`
      await expect(startWith(stranger.href)).rejects.toThrow(`DATABASE_URL: its login has not the role vardgraf_${name}`)
      await database.owner.query(`DROP ROLE stranger_${name}`)
    })
  })

  it('does not start the sandbox', async () => {
    const spec = specOf('patients')
    const child = new Child(
      { ...spec, name: 'sandbox', command: [join(root, 'sandbox/dist/index.js')] },
      join(logs, 'refused.log'),
    )
    await expect(child.start()).rejects.toThrow(/the sandbox does not run in production/)
  })
})
