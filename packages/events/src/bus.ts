import { randomUUID } from 'node:crypto'
import { currentWork, inWork, type Logger, loggedError, SettingsError } from '@vardgraf/process'
import { fromPrisma, PgBoss } from 'pg-boss'
import { allQueues, consumers, type Events, type Jobs, queueOf, queuesWorkedBy, singleton, worker } from './catalogue.js'

/** A transaction that can run SQL: Prisma's transaction client is one. */
export interface Transaction {
  $queryRawUnsafe<T = unknown>(query: string, ...values: unknown[]): Promise<T>
}

/** One delivery. `id` is the same at every redelivery: handlers use it to do their work once. */
export interface Delivery<T> {
  id: string
  payload: T
  /** Id of the request that appended it, if there was one; the log lines of the work carry it. */
  requestId?: string
}

/**
 * Facts and work that commit together with the rows they describe: both are rows in pg-boss' tables, written in the caller's transaction.
 * Delivery is at least once and in no promised order; a handler that throws is retried with backoff, for about 15 hours.
 */
export interface Bus {
  append<E extends keyof Events>(tx: Transaction, event: E, payload: Events[E]): Promise<void>
  on<E extends keyof Events>(
    event: E,
    consumer: (typeof consumers)[E][number],
    handler: (delivery: Delivery<Events[E]>) => Promise<void>,
  ): Promise<void>
  /** Where the catalogue's `singleton` names the job and one is under way, no second one is added. */
  enqueue<J extends keyof Jobs>(tx: Transaction, job: J, data: Jobs[J]): Promise<void>
  work<J extends keyof Jobs>(job: J, handler: (delivery: Delivery<Jobs[J]>) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** pg-boss' schema in PostgreSQL. */
export const BUS_SCHEMA = 'pgboss'
/** A new job wakes its worker by NOTIFY; a retry does not, so the queue is looked at this often as well. */
const POLL_SECONDS = 2
/** A job whose process died is taken over after this long. */
const DEAD_WORKER_SECONDS = 15
/** Retries come after 1, 2, 4 … seconds, then every ten minutes: if an owner of facts is away for a night, the patient is still notified. */
const RETRIES = 100
const LONGEST_RETRY_SECONDS = 600
/** Beside the connection that listens. */
const WORKER_CONNECTIONS = 2
/** Jobs are sent through the caller's transaction. */
const SENDER_CONNECTIONS = 1
/** How long a job waits for a consumer that has never run. */
const KEPT_SECONDS = 365 * 24 * 3600

/** Creates pg-boss' tables and every queue of the catalogue, or brings them up to date. Safe to run again. */
export async function migrateBus(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, schema: BUS_SCHEMA, max: 2, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  const options = {
    retryLimit: RETRIES,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: LONGEST_RETRY_SECONDS,
    retentionSeconds: KEPT_SECONDS,
    expireInSeconds: 60,
    heartbeatSeconds: DEAD_WORKER_SECONDS,
    notify: true,
  }
  for (const queue of allQueues()) {
    const policy = Object.hasOwn(singleton, queue) ? 'exclusive' : 'standard'
    // pg-boss never changes a queue's policy, so the queue is deleted and made again. The sweep over the stored rows enqueues its jobs again.
    const known = await boss.getQueue(queue)
    if (known && known.policy !== policy) await boss.deleteQueue(queue)
    await boss.createQueue(queue, { ...options, policy })
    // Without this, an existing queue keeps its old options.
    await boss.updateQueue(queue, options)
  }
  await boss.stop({ graceful: false })
}

/**
 * Connects to the tables that `migrateBus` made. A service that works on no queue only sends: it neither listens nor looks after the
 * queues, and its database role could not.
 * @throws SettingsError when they are missing or of another version.
 */
export async function connectBus(databaseUrl: string, log: Logger, service: string = worker): Promise<Bus> {
  const works = queuesWorkedBy(service).length > 0
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: `${service} jobs`,
    schema: BUS_SCHEMA,
    max: works ? WORKER_CONNECTIONS : SENDER_CONNECTIONS,
    migrate: false,
    createSchema: false,
    schedule: false,
    // Only the owner of the tables may rebuild an index.
    reindex: false,
    supervise: works,
    useListenNotify: works,
    monitorIntervalSeconds: DEAD_WORKER_SECONDS,
  })
  boss.on('error', (error) => log.error({ err: error }, 'jobs'))
  await boss.start().catch((error: Error) => {
    throw error.message.startsWith('pg-boss')
      ? new SettingsError('the database is not migrated: run the dist/migrate.js of each subgraph first')
      : error
  })

  const send = async (tx: Transaction, queue: string, payload: object, singletonKey?: string): Promise<void> => {
    const requestId = currentWork()?.requestId
    const delivery = { id: randomUUID(), payload, ...(requestId && { requestId }) }
    await boss.send(queue, delivery, { db: fromPrisma(tx), ...(singletonKey && { singletonKey }) })
  }
  const work = async <T>(queue: string, handler: (delivery: Delivery<T>) => Promise<void>): Promise<void> => {
    await boss.work<Delivery<T>>(
      queue,
      { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS, heartbeatRefreshSeconds: 5 },
      async ([job]) => {
        if (!job) return
        await inWork({ requestId: job.data.requestId ?? job.id }, async () => {
          try {
            await handler(job.data)
          } catch (error) {
            log.warn({ err: error, queue, job: job.id }, 'a job failed and is tried again')
            // The queue stores the error, which may carry rows or what a patient wrote.
            throw new Error(loggedError(error).message)
          }
        })
      },
    )
  }

  return {
    append: async (tx, event, payload) => {
      for (const consumer of consumers[event]) await send(tx, queueOf(event, consumer), payload)
    },
    on: (event, consumer, handler) => work(queueOf(event, consumer), handler),
    enqueue: (tx, job, data) => send(tx, job, data, singleton[job]?.(data)),
    work,
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
