import { GraphError } from '@vardgraf/errors'
import { integer, type Logger } from '@vardgraf/process'
import pg from 'pg'
import { currentLane, type Lane, lanes } from './lanes.js'
import { endingWithItsWork } from './work-pool.js'

/** Connections of one process to the database, by what they are for; docs/configuration.md adds them up for the whole platform. */
export const poolSettings = {
  DATABASE_REQUEST_CONNECTIONS: integer(8, 1, 500),
  DATABASE_STREAM_CONNECTIONS: integer(3, 1, 500),
  DATABASE_BACKGROUND_CONNECTIONS: integer(3, 1, 500),
  /** For the access log of requests; that of streams has one. */
  DATABASE_LOG_CONNECTIONS: integer(2, 1, 500),
  /** How many statements and transactions of requests may wait for a connection; further ones get TRY_AGAIN_LATER. */
  DATABASE_MAX_WAITING: integer(200, 0, 100_000),
  /** How long they may wait: shorter than the two seconds for which Prisma waits to begin a transaction. */
  DATABASE_WAIT_MS: integer(1_500, 50, 60_000),
}
export type PoolSettings = { [S in keyof typeof poolSettings | 'STATEMENT_TIMEOUT_MS']: number }

/** Streams and jobs are retried by the platform: their queue has no bound of its own, and they may wait longer. */
const PATIENT_WAIT_MS = 10_000
/** Waiting for a row longer than this is answered by TRY_AGAIN_LATER: shorter than any caller waits. */
const LOCK_TIMEOUT_MS = 2_000
/** A process that hangs inside a transaction does not keep its locks. */
const IDLE_IN_TRANSACTION_MS = 10_000
const CANCELLER_IDLE_MS = 1_000
/** pg-pool's message when no connection became free in time. */
const WAITED_TOO_LONG = 'timeout exceeded when trying to connect'

type Connected = Parameters<pg.Pool['connect']>[0]

/** Clients get its cause, TRY_AGAIN_LATER. It has no `code`: Prisma would wrap an error that has one. */
export class DatabaseBusy extends Error {
  override name = 'DatabaseBusy'
  constructor() {
    super('no connection to the database is free', { cause: new GraphError('TRY_AGAIN_LATER') })
  }
}

/** Connections with a bounded queue before them.
 *  @throws DatabaseBusy where the queue is full, or none became free in time. */
export class AdmittingPool extends pg.Pool {
  constructor(
    options: pg.PoolConfig & { max: number },
    private readonly maxWaiting: number,
  ) {
    super(options)
  }

  override connect(): Promise<pg.PoolClient>
  override connect(connected: Connected): void
  override connect(connected?: Connected): Promise<pg.PoolClient> | undefined {
    if (!connected)
      return new Promise((resolve, reject) => this.connect((error, client) => (client ? resolve(client) : reject(error))))
    if (this.waitingCount >= this.maxWaiting && this.totalCount >= this.options.max && this.idleCount === 0)
      return void process.nextTick(connected, new DatabaseBusy(), undefined, () => {})
    super.connect((error, client, release) =>
      connected(error?.message === WAITED_TOO_LONG ? new DatabaseBusy() : error, client, release),
    )
  }
}

/** A pool that uses the connections of the current lane. */
export class LanePool extends pg.Pool {
  /** @param more pools that end with these. */
  constructor(
    private readonly pools: Record<Lane, pg.Pool>,
    private readonly more: pg.Pool[] = [],
  ) {
    super({ max: 0 })
  }

  /** The connections of one lane. */
  of(lane: Lane): pg.Pool {
    return this.pools[lane]
  }

  override query = ((...args: Parameters<pg.Pool['query']>) => this.pools[currentLane()].query(...args)) as pg.Pool['query']

  override connect(): Promise<pg.PoolClient>
  override connect(connected: Connected): void
  override connect(connected?: Connected): Promise<pg.PoolClient> | undefined {
    const pool = this.pools[currentLane()]
    if (!connected) return pool.connect()
    pool.connect(connected)
  }

  override async end(): Promise<void> {
    await Promise.all([...new Set(Object.values(this.pools)), ...this.more].map((pool) => pool.end()))
  }
}

/** Opens the connections of a process. The access log has connections of its own, so that it never waits for the work that it logs. */
export function openPools(connectionString: string, name: string, settings: PoolSettings, log: Logger) {
  const heard = <P extends pg.Pool>(pool: P, purpose: string): P => {
    pool.on('error', (error) => log.warn({ err: error, purpose }, 'a database connection was lost'))
    // A server that stops can end a connection just as the pool hands it over. Without a listener the error would end the process.
    pool.on('connect', (client) => client.on('error', () => {}))
    return pool
  }
  const open = (purpose: string, max: number, patient: boolean): AdmittingPool => {
    const options = {
      connectionString,
      application_name: `${name} ${purpose}`,
      max,
      connectionTimeoutMillis: patient ? PATIENT_WAIT_MS : settings.DATABASE_WAIT_MS,
      statement_timeout: settings.STATEMENT_TIMEOUT_MS,
      lock_timeout: LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    }
    return heard(new AdmittingPool(options, patient ? Number.POSITIVE_INFINITY : settings.DATABASE_MAX_WAITING), purpose)
  }
  // A connection outside the pool: the pool may be full of statements to cancel.
  const cancellation = { connectionString, application_name: `${name} cancel`, max: 1, idleTimeoutMillis: CANCELLER_IDLE_MS }
  const canceller = heard(new pg.Pool(cancellation), 'cancel')
  const work = (lane: Lane, max: number): pg.Pool => endingWithItsWork(open(lane, max, lane !== 'requests'), canceller)
  const requestLog = open('request log', settings.DATABASE_LOG_CONNECTIONS, false)
  return {
    pool: new LanePool(
      {
        requests: work('requests', settings.DATABASE_REQUEST_CONNECTIONS),
        streams: work('streams', settings.DATABASE_STREAM_CONNECTIONS),
        background: work('background', settings.DATABASE_BACKGROUND_CONNECTIONS),
      },
      [canceller],
    ),
    // A look is logged also when the caller has hung up.
    accessLog: new LanePool({ requests: requestLog, streams: open('stream log', 1, true), background: requestLog }),
  }
}

/**
 * One client for each lane behind one object: calls go to the client of the current lane. One client for all lanes would mix them, since
 * Prisma batches look-ups by key of one moment and sends them in the lane of the first.
 */
export function clientOfLanes<C extends object>(pool: LanePool, open: (pool: pg.Pool) => C): C {
  const clients = new Map(lanes.map((lane) => [lane, open(pool.of(lane))]))
  return new Proxy(clients.get('background') as C, {
    get: (first, property) => {
      const client = clients.get(currentLane()) ?? first
      const value: unknown = Reflect.get(client, property, client)
      return typeof value === 'function' ? value.bind(client) : value
    },
  })
}
