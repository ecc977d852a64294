import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GraphQLSchema } from 'graphql'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { answerOf } from './local.js'

/** What a subgraph does instead of answering. */
export type Fault = 'slow' | 'hang' | 'refuse' | 'html' | 'reset' | 'huge'

export interface ShopServers {
  urls: Map<string, string>
  faults: Map<string, Fault>
  /** Headers and bodies of the requests that came, by service. */
  asked: { service: string; headers: IncomingHttpHeaders; body: { query: string; variables: Record<string, unknown> } }[]
  stop(): Promise<void>
}

/** Serves in-process schemas over real HTTP, with faults on demand. */
export async function serveSchemas(schemas: ReadonlyMap<string, GraphQLSchema>): Promise<ShopServers> {
  const urls = new Map<string, string>()
  const faults = new Map<string, Fault>()
  const asked: ShopServers['asked'] = []
  const servers: Server[] = []
  for (const service of schemas.keys()) {
    const server = createServer(async (request, response) => {
      const fault = faults.get(service)
      if (request.url === '/health/live') {
        if (fault === 'hang') return
        response.writeHead(fault ? 503 : 200).end('{}')
        return
      }
      let text = ''
      for await (const chunk of request) text += chunk
      const body = JSON.parse(text)
      asked.push({ service, headers: request.headers, body })
      if (fault === 'hang') return
      if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, 200))
      if (fault === 'reset') request.socket.destroy()
      else if (fault === 'refuse') response.writeHead(503).end()
      else if (fault === 'html') response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>bad gateway</h1>')
      else if (fault === 'huge') response.writeHead(200).end(`{"data":{"x":"${'y'.repeat(200_000)}"}}`)
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(await answerOf(schemas, service, body)))
    })
    urls.set(service, `${await listen(server)}/graphql`)
    servers.push(server)
  }
  return { urls, faults, asked, stop: () => stopAll(servers) }
}

export interface TestIssuer {
  url: string
  /** How often the keys were fetched. */
  keyFetches: number
  down: boolean
  /** How often it was asked while it was down. */
  refused: number
  /** Signs claims with the current key; pass claims to override the usual ones, `undefined` to leave one out. */
  token(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
  publicJwk(): JWK
  /** A new key, with a new id unless one is given; the old one is no longer published. */
  rotate(kid?: string): Promise<void>
  stop(): Promise<void>
}

/** An OpenID Connect issuer that knows one key. */
export async function startIssuer(now: () => Date, audience = 'vardgraf'): Promise<TestIssuer> {
  let generation = 0
  let key: CryptoKey
  let jwk: JWK
  const server = createServer((request, response) => {
    if (issuer.down) {
      issuer.refused += 1
      response.writeHead(500).end()
      return
    }
    if (request.url === '/jwks') issuer.keyFetches += 1
    const body = request.url === '/jwks' ? { keys: [jwk] } : { issuer: issuer.url, jwks_uri: `${issuer.url}/jwks` }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  const issuer: TestIssuer = {
    url: await listen(server),
    keyFetches: 0,
    down: false,
    refused: 0,
    async token(claims = {}, header = {}) {
      const seconds = Math.floor(now().getTime() / 1000)
      const usual = {
        iss: issuer.url,
        aud: audience,
        sub: 'subject-1',
        iat: seconds,
        exp: seconds + 1_800,
        acr: 'http://id.elegnamnden.se/loa/1.0/loa3',
        'https://id.oidc.se/claim/personalIdentityNumber': '199003072390',
      }
      return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'ES256', kid: jwk.kid ?? '', ...header }).sign(key)
    },
    publicJwk: () => jwk,
    async rotate(kid) {
      generation += 1
      const pair = await generateKeyPair('ES256')
      key = pair.privateKey
      jwk = { ...(await exportJWK(pair.publicKey)), kid: kid ?? `key-${generation}`, alg: 'ES256', use: 'sig' }
    },
    stop: () => stopAll([server]),
  }
  await issuer.rotate()
  return issuer
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function stopAll(servers: Server[]): Promise<void> {
  for (const server of servers) server.closeAllConnections()
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
}
