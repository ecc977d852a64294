import type { FactProviders, Facts } from '@vardgraf/access'
import { BUS_SCHEMA, type Bus, connectBus, connectHints, type Hints } from '@vardgraf/events'
import { type FactOwner, factOwners, urlSetting } from '@vardgraf/manifest'
import { type Clock, followClock, type Logger, loggedError, SettingsError, systemClock } from '@vardgraf/process'
import { type CursorCodec, cursorCodec } from '@vardgraf/relay'
import { cursorKeys, type SigningKey, signingKey, trustedKeys } from '@vardgraf/viewer'
import type { CryptoKey } from 'jose'
import type pg from 'pg'
import { type LanePool, openPools } from '../database/pools.js'
import { refuseTooMuch } from '../database/privileges.js'
import { factsSource } from '../facts/client.js'
import type { SubgraphSettings } from './settings.js'

/** What a subgraph's process holds open for as long as it runs. */
export interface Platform {
  name: string
  settings: SubgraphSettings
  log: Logger
  clock: Clock
  hints: Hints
  bus: Bus
  /** Connections for typed raw SQL and for Prisma's clients: of the lane in which the work is. */
  pool: LanePool
  /** Connections of the access log alone. */
  accessLog: LanePool
  key: SigningKey
  trusted: ReadonlyMap<string, CryptoKey>
  /** Seals the cursors of lists and streams, alike in every replica. */
  cursors: CursorCodec
  /** A fresh memory of facts, for one request or one job. */
  facts(): Facts
  /** Which facts this process answers itself; set once at wiring. */
  own: FactProviders
  stop(): Promise<void>
}

/** Opens everything, in the order in which it is needed; what fails is told by name. */
export async function bootPlatform(name: string, settings: SubgraphSettings, log: Logger): Promise<Platform> {
  const key = await signingKey(settings.SERVICE_KEY)
  if (key.service !== name) throw new SettingsError(`SERVICE_KEY belongs to ${key.service}, this is ${name}`)
  const trusted = await trustedKeys(settings.TRUSTED_KEYS)
  const cursors = cursorCodec(cursorKeys(settings.CURSOR_KEYS))
  const clock = settings.SANDBOX_CLOCK_URL ? await followClock(settings.SANDBOX_CLOCK_URL) : systemClock
  const { pool, accessLog } = openPools(settings.DATABASE_URL, name, settings, log)
  const [hints, bus] = await openDatabase(name, settings, log, pool).catch((error: unknown) => {
    if (error instanceof SettingsError) throw error
    const { message, causes = [] } = loggedError(error)
    throw new SettingsError(`DATABASE_URL: ${message || causes.map((cause) => cause.message).join(', ')}`)
  })
  const own: FactProviders = {}
  const source = factsSource({
    self: name,
    urls: Object.fromEntries(factOwners.map((owner) => [owner, settings[urlSetting(owner)]])) as Record<FactOwner, string>,
    own,
    key,
    clock,
    deadlineMs: settings.FACTS_DEADLINE_MS,
    log,
  })
  return {
    name,
    settings,
    log,
    clock,
    hints,
    bus,
    pool,
    accessLog,
    key,
    trusted,
    cursors,
    facts: () => source.facts(),
    own,
    stop: async () => {
      await bus.stop()
      await Promise.all([hints.stop(), source.close()])
      await Promise.all([pool.end(), accessLog.end()])
      clock.close()
    },
  }
}

async function openDatabase(name: string, { DATABASE_URL }: SubgraphSettings, log: Logger, pool: pg.Pool): Promise<[Hints, Bus]> {
  await refuseTooMuch(pool, name, BUS_SCHEMA)
  return Promise.all([connectHints(DATABASE_URL, log), connectBus(DATABASE_URL, log, name)])
}
