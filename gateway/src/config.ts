import { parseArgs } from 'node:util'
import { flag, httpUrl, inProduction, integer, processSettings, readSettings, SettingsError } from '@vardgraf/process'
import { z } from 'zod'
import { defaultLimits, type Limits } from './plan/limits.js'

const settingsShape = {
  ...processSettings,
  PORT: integer(4000, 0, 65_535),
  SUPERGRAPH_FILE: z.string().default('supergraph.graphql'),
  /** Read the supergraph again when its file changes; SIGHUP does it in any case. */
  SUPERGRAPH_WATCH: flag(false),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().default('vardgraf'),
  OIDC_KEY_COOLDOWN_MS: integer(30_000, 0, 3_600_000),
  /** How often the issuer's keys are fetched: a withdrawn key is accepted for at most this long. */
  OIDC_KEY_REFRESH_MS: integer(60_000, 50, 3_600_000),
  /** How long the last fetched keys are used while the issuer does not answer. */
  OIDC_KEY_STALE_MS: integer(3_600_000, 100, 86_400_000),
  OIDC_TOKEN_MAX_SECONDS: integer(43_200, 60, 2_592_000),
  SERVICE_KEY: z.string(),
  /** The service that finds a patient by the identity number of the login. `none`: the token's subject is the person's id. */
  PRINCIPALS_URL: z.union([z.literal('none'), httpUrl]).optional(),
  INTROSPECTION: flag(false),
  GRAPHIQL: flag(false),
  /** Comma-separated origins of browser apps that may call; `*` for all. */
  CORS_ORIGINS: z.string().default(''),
  SUBGRAPH_DEADLINE_MS: integer(5_000, 50, 120_000),
  SUBGRAPH_CONNECTIONS: integer(128, 1, 10_000),
  SUBGRAPH_KEEP_ALIVE_MS: integer(4_000, 100, 600_000),
  SUBGRAPH_MAX_RESPONSE_BYTES: integer(16_000_000, 1_024, 1_000_000_000),
  PLAN_BUDGET_MS: integer(2_000, 50, 60_000),
  /** Client sockets of this process; more are refused with 503. */
  STREAM_SOCKETS: integer(20_000, 1, 1_000_000),
  STREAM_OPERATIONS_PER_SOCKET: integer(100, 1, 10_000),
  STREAM_SOCKETS_PER_VIEWER: integer(20, 1, 10_000),
  STREAM_OPERATIONS_PER_VIEWER: integer(200, 1, 100_000),
  /** Anonymous sockets of one address, and of all. */
  STREAM_SOCKETS_PER_ADDRESS: integer(100, 1, 100_000),
  STREAM_ANONYMOUS_SOCKETS: integer(5_000, 1, 1_000_000),
  STREAM_ANONYMOUS_IDLE_MS: integer(60_000, 100, 3_600_000),
  STREAM_WAITING_BYTES: integer(268_435_456, 1_048_576, 17_179_869_184),
  /** Proxies whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.string().default(''),
  STREAM_PING_MS: integer(30_000, 1_000, 600_000),
  /** How long queries and mutations on sockets may take at shutdown. */
  STREAM_DRAIN_MS: integer(10_000, 0, 600_000),
  LIMIT_BODY_BYTES: integer(defaultLimits.bodyBytes, 1_024, 10_000_000),
  LIMIT_TOKENS: integer(defaultLimits.tokens, 10, 100_000),
  LIMIT_DEPTH: integer(defaultLimits.depth, 1, 100),
  LIMIT_FIELDS: integer(defaultLimits.fields, 1, 100_000),
  LIMIT_ALIASES: integer(defaultLimits.aliases, 0, 10_000),
  LIMIT_ROOT_FIELDS: integer(defaultLimits.rootFields, 1, 1_000),
  LIMIT_DIRECTIVES: integer(defaultLimits.directives, 0, 10_000),
  LIMIT_PAGE_SIZE: integer(defaultLimits.pageSize, 0, 10_000),
  LIMIT_PAGED_OBJECTS: integer(defaultLimits.pagedObjects, 0, 10_000_000),
  LIMIT_FETCHES: integer(defaultLimits.fetches, 1, 10_000),
  /** The sandbox's logins, for the login menu of the GraphiQL page. */
  SANDBOX_LOGIN_URL: z.url().optional(),
}

export type GatewaySettings = z.infer<z.ZodObject<typeof settingsShape>>

export interface GatewayConfig {
  settings: Omit<GatewaySettings, 'OIDC_ISSUER' | 'SERVICE_KEY'>
  /** null: without authentication, for a foreign supergraph. */
  login: { issuer: string; serviceKey: string } | null
  limits: Limits
  /** Addresses that the environment gives instead of the supergraph's: service name in capitals + `_URL`. */
  addresses: (service: string) => string | undefined
}

/**
 * Reads the environment, and the command line's `--supergraph FILE --port N --insecure-no-auth`.
 * @throws SettingsError when something is missing or wrong, or production is asked to run without authentication.
 */
export function readConfig(argv: string[], env: NodeJS.ProcessEnv): GatewayConfig {
  const { values } = parse(argv)
  const standalone = values['insecure-no-auth'] === true
  if (standalone && inProduction(env))
    throw new SettingsError('Production does not start with --insecure-no-auth (outside production, set NODE_ENV=development)')
  const given = {
    ...env,
    ...(values.supergraph !== undefined && { SUPERGRAPH_FILE: values.supergraph }),
    ...(values.port !== undefined && { PORT: values.port }),
  }
  if (!standalone) {
    const { OIDC_ISSUER: issuer, SERVICE_KEY: serviceKey, ...settings } = readSettings(settingsShape, given)
    // The token's subject must not become a patient's id because a setting was forgotten.
    if (settings.NODE_ENV === 'production' && settings.PRINCIPALS_URL === undefined)
      throw new SettingsError(
        "PRINCIPALS_URL: is missing; set it to the patients service, or to `none` when a token's subject is the person's id",
      )
    if (settings.NODE_ENV === 'production' && !isPrivate(issuer))
      throw new SettingsError('OIDC_ISSUER: must be https: over http an attacker on the network could replace its keys')
    if (settings.OIDC_KEY_STALE_MS < 2 * settings.OIDC_KEY_REFRESH_MS)
      throw new SettingsError('OIDC_KEY_STALE_MS: must be at least twice OIDC_KEY_REFRESH_MS, or logins fail between two fetches')
    return {
      settings,
      login: { issuer, serviceKey },
      limits: limitsOf(settings),
      addresses: (service) => addressIn(env, `${envName(service)}_URL`),
    }
  }
  const { OIDC_ISSUER: _, SERVICE_KEY: __, ...withoutLogin } = settingsShape
  // In a foreign schema an argument `first` may not be a page size. Its schema is not kept secret.
  const settings = readSettings(withoutLogin, {
    INTROSPECTION: 'true',
    GRAPHIQL: 'true',
    LIMIT_PAGE_SIZE: '0',
    LIMIT_PAGED_OBJECTS: '0',
    ...given,
  })
  return { settings, login: null, limits: limitsOf(settings), addresses: () => undefined }
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: { supergraph: { type: 'string' }, port: { type: 'string' }, 'insecure-no-auth': { type: 'boolean' } },
    })
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error))
  }
}

function limitsOf(settings: GatewayConfig['settings']): Limits {
  return {
    bodyBytes: settings.LIMIT_BODY_BYTES,
    tokens: settings.LIMIT_TOKENS,
    depth: settings.LIMIT_DEPTH,
    fields: settings.LIMIT_FIELDS,
    aliases: settings.LIMIT_ALIASES,
    rootFields: settings.LIMIT_ROOT_FIELDS,
    directives: settings.LIMIT_DIRECTIVES,
    pageSize: settings.LIMIT_PAGE_SIZE,
    pagedObjects: settings.LIMIT_PAGED_OBJECTS,
    fetches: settings.LIMIT_FETCHES,
  }
}

/** Whether nobody on the network can change its answers: https, or this machine. */
function isPrivate(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

/** @throws SettingsError when the variable is set, but not to a valid address. */
function addressIn(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]
  if (value === undefined || httpUrl.safeParse(value).success) return value
  throw new SettingsError(`${name}: is not an address such as http://host:port`)
}

const envName = (service: string): string => service.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
