import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DatabaseUrls } from './postgres/logins.js'

/** The processes in the order in which they start; they stop in the opposite order. */
export const processNames = ['sandbox', 'patients', 'visits', 'messaging', 'billing', 'gateway'] as const
export type ProcessName = (typeof processNames)[number]
export const subgraphNames = ['patients', 'visits', 'messaging', 'billing'] as const

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** How one process is started: as in production, by a command and its environment. */
export interface ProcessSpec {
  name: ProcessName
  /** The program and its arguments, for `node`. */
  command: string[]
  /** Of `node` itself. */
  flags?: string[]
  port: number
  env: Record<string, string>
}

export type PlatformOptions = {
  ports: Record<ProcessName, number>
  /** With the login of each process. */
  databaseUrls: DatabaseUrls
  /** Folder with `<service>.json` (private), `trusted.json` (public) and `cursors.json`. */
  keys: string
  /** Added to every process's environment, or to that of one. */
  env?: Record<string, string>
  envOf?: Partial<Record<ProcessName, Record<string, string>>>
}

const address = (port: number): string => `http://localhost:${port}`

/** Where each process is reached. */
export function addressesOf(ports: PlatformOptions['ports']) {
  return {
    graph: `${address(ports.gateway)}/graphql`,
    graphSockets: `ws://localhost:${ports.gateway}/graphql`,
    graphiql: `${address(ports.gateway)}/`,
    sandbox: address(ports.sandbox),
    issuer: `${address(ports.sandbox)}/eid`,
    clock: `ws://localhost:${ports.sandbox}/clock`,
    smsOperator: `${address(ports.sandbox)}/sms-operator`,
  }
}

/** The whole platform with its sandbox, wired by environment alone. */
export function platformOf({ ports, databaseUrls, keys, env = {}, envOf = {} }: PlatformOptions): ProcessSpec[] {
  const addresses = addressesOf(ports)
  const shared = {
    NODE_ENV: 'development',
    TRUSTED_KEYS: `@${join(keys, 'trusted.json')}`,
    CURSOR_KEYS: `@${join(keys, 'cursors.json')}`,
    PATIENTS_URL: address(ports.patients),
    VISITS_URL: address(ports.visits),
    MESSAGING_URL: address(ports.messaging),
    BILLING_URL: address(ports.billing),
    SANDBOX_URL: address(ports.sandbox),
  }
  const own: Record<ProcessName, Record<string, string>> = {
    sandbox: { SANDBOX_ISSUER: addresses.issuer },
    patients: { SANDBOX_CLOCK_URL: addresses.clock },
    visits: { SANDBOX_CLOCK_URL: addresses.clock },
    messaging: {
      SANDBOX_CLOCK_URL: addresses.clock,
      SMS_OPERATOR_URL: addresses.smsOperator,
      SMS_OPERATOR_USER: 'sandbox',
      SMS_OPERATOR_PASSWORD: 'sandbox',
    },
    billing: { SANDBOX_CLOCK_URL: addresses.clock },
    gateway: {
      SANDBOX_CLOCK_URL: addresses.clock,
      SANDBOX_LOGIN_URL: addresses.sandbox,
      SUPERGRAPH_FILE: join(root, 'sandbox', 'supergraph.graphql'),
      OIDC_ISSUER: addresses.issuer,
      PRINCIPALS_URL: address(ports.patients),
      INTROSPECTION: 'true',
      GRAPHIQL: 'true',
      CORS_ORIGINS: '*',
    },
  }
  return processNames.map((name) => ({
    name,
    command: [entryOf(name)],
    port: ports[name],
    env: {
      ...shared,
      ...(name !== 'gateway' && { DATABASE_URL: databaseUrls[name] }),
      PORT: String(ports[name]),
      SERVICE_KEY: `@${join(keys, `${name}.json`)}`,
      ...own[name],
      ...env,
      ...envOf[name],
    },
  }))
}

const folderOf = (name: ProcessName): string => (name === 'gateway' || name === 'sandbox' ? name : join('subgraphs', name))
const entryOf = (name: ProcessName): string => join(root, folderOf(name), 'dist', 'index.js')

/** The program that lets a few invented patients wait in a running platform: `npm start` alone runs it. */
export const demonstration = ({ graph, sandbox }: ReturnType<typeof addressesOf>): string[] => [
  join(root, 'sandbox', 'dist', 'demo.js'),
  graph,
  sandbox,
]
