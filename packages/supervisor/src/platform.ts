import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { folders, processNames, type ServiceName, serviceNames, urlSetting } from '@vardgraf/manifest'
import type { DatabaseUrls } from './postgres/logins.js'

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** How one process is started: as in production, by a command and its environment. */
export interface ProcessSpec {
  name: ServiceName
  /** The program and its arguments, for `node`. */
  command: string[]
  /** Of `node` itself. */
  flags?: string[]
  port: number
  env: Record<string, string>
}

export type PlatformOptions = {
  ports: Record<ServiceName, number>
  /** With the login of each process. */
  databaseUrls: DatabaseUrls
  /** Folder with `<service>.json` (private), `trusted.json` (public) and `cursors.json`. */
  keys: string
  /** Added to every process's environment, or to that of one. */
  env?: Record<string, string>
  envOf?: Partial<Record<ServiceName, Record<string, string>>>
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
    ...Object.fromEntries(
      serviceNames.filter((name) => name !== 'gateway').map((name) => [urlSetting(name), address(ports[name])]),
    ),
  }
  const own: Partial<Record<ServiceName, Record<string, string>>> = {
    sandbox: { SANDBOX_ISSUER: addresses.issuer },
    messaging: {
      SMS_OPERATOR_URL: addresses.smsOperator,
      SMS_OPERATOR_USER: 'sandbox',
      SMS_OPERATOR_PASSWORD: 'sandbox',
    },
    gateway: {
      SANDBOX_LOGIN_URL: addresses.sandbox,
      SUPERGRAPH_FILE: join(root, folders.sandbox, 'supergraph.graphql'),
      OIDC_ISSUER: addresses.issuer,
      PRINCIPALS_URL: address(ports.patients),
      INTROSPECTION: 'true',
      GRAPHIQL: 'true',
      CORS_ORIGINS: '*',
    },
  }
  return processNames.map((name) => ({
    name,
    command: [programOf(name, 'index')],
    port: ports[name],
    env: {
      ...shared,
      ...(name !== 'gateway' && { DATABASE_URL: databaseUrls[name] }),
      // The sandbox has the clock; all others follow it.
      ...(name !== 'sandbox' && { SANDBOX_CLOCK_URL: addresses.clock }),
      PORT: String(ports[name]),
      SERVICE_KEY: `@${join(keys, `${name}.json`)}`,
      ...own[name],
      ...env,
      ...envOf[name],
    },
  }))
}

/** A built program of a service: `index`, `migrate`. */
export const programOf = (name: ServiceName, program: string): string => join(root, folders[name], 'dist', `${program}.js`)

/** The program that lets a few invented patients wait in a running platform: `npm start` alone runs it. */
export const demonstration = ({ graph, sandbox }: ReturnType<typeof addressesOf>): string[] => [
  programOf('sandbox', 'demo'),
  graph,
  sandbox,
]
