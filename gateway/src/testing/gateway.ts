import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Logger, MovableClock } from '@vardgraf/process'
import { signingKey } from '@vardgraf/viewer'
import { type CryptoKey, exportJWK, generateKeyPair } from 'jose'
import { pino } from 'pino'
import { type Gateway, startGateway } from '../app.js'
import { readConfig } from '../config.js'
import { type ShopServers, serveSchemas, startIssuer, type TestIssuer } from './servers.js'
import { shopSchemas, shopSupergraph } from './shop.js'

export interface Rig {
  gateway: Gateway
  subgraphs: ShopServers
  issuer: TestIssuer
  clock: MovableClock
  supergraphFile: string
  /** Every line of the log. */
  lines: Record<string, unknown>[]
  publicKey: CryptoKey
  /** Sends an operation; the status and the parsed answer. */
  ask(query: string, options?: AskOptions): Promise<{ status: number; headers: Headers; body: Answer }>
  stop(): Promise<void>
}

export interface AskOptions {
  variables?: Record<string, unknown>
  operationName?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

export interface Answer {
  data?: Record<string, unknown> | null
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[]
}

export interface RigOptions {
  /** Without authentication. */
  standalone?: boolean
  /** The issuer is away when the gateway starts. */
  issuerDown?: boolean
}

/** The gateway in this process, over the shop's subgraphs and an issuer of its own. */
export async function startRig(
  env: Record<string, string> = {},
  { standalone = false, issuerDown = false }: RigOptions = {},
): Promise<Rig> {
  const clock = new MovableClock()
  const subgraphs = await serveSchemas(shopSchemas())
  const issuer = await startIssuer(() => clock.now())
  issuer.down = issuerDown
  const supergraphFile = join(await mkdtemp(join(tmpdir(), 'gateway-')), 'supergraph.graphql')
  await writeFile(
    supergraphFile,
    shopSupergraph((service) => subgraphs.urls.get(service) ?? ''),
  )
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const serviceKey = JSON.stringify({ ...(await exportJWK(pair.privateKey)), kid: 'gateway.test' })
  const config = readConfig(standalone ? ['--insecure-no-auth', '--supergraph', supergraphFile, '--port', '0'] : [], {
    NODE_ENV: 'test',
    PORT: '0',
    SUPERGRAPH_FILE: supergraphFile,
    OIDC_ISSUER: issuer.url,
    OIDC_KEY_COOLDOWN_MS: '0',
    SERVICE_KEY: serviceKey,
    SUBGRAPH_DEADLINE_MS: '400',
    SUBGRAPH_MAX_RESPONSE_BYTES: '100000',
    ...env,
  })
  const { log, lines } = recorder()
  const gateway = await startGateway(config, { key: standalone ? null : await signingKey(serviceKey), clock, log })
  return {
    gateway,
    subgraphs,
    issuer,
    clock,
    supergraphFile,
    lines,
    publicKey: pair.publicKey,
    async ask(query, { variables, operationName, headers, signal } = {}) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        signal: signal ?? null,
        headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
        body: JSON.stringify({ query, variables, operationName }),
      })
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer }
    },
    async stop() {
      await gateway.stop()
      await Promise.all([subgraphs.stop(), issuer.stop()])
    },
  }
}

function recorder(): { log: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  return { log: pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) }), lines }
}
