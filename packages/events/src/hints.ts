import type { Logger } from '@vardgraf/process'
import pg from 'pg'

/**
 * Wake-ups between processes. A hint says "look again", never what happened: it may come twice, late or not at all,
 * so every reader reads the table from its cursor and also looks by itself now and then.
 */
export interface Hints {
  /** Wakes all readers that wait for one of the topics, in every process. Call after the commit. Never throws: a lost hint costs only time. */
  publish(topics: readonly string[]): void
  /** `wake` must be cheap and must not throw. Returns the unsubscribe. */
  subscribe(topic: string, wake: () => void): () => void
  stop(): Promise<void>
}

const CHANNEL = 'vardgraf_hints'
/** PostgreSQL refuses payloads of 8,000 bytes or more. */
const MAX_PAYLOAD_BYTES = 7_000
const RECONNECT_MS = 500
const CONNECT_MS = 5_000
const KEEP_ALIVE_MS = 10_000

/** Hints over LISTEN/NOTIFY. All hints of one turn of the event loop travel as one NOTIFY, since each takes an instance-wide lock. */
export async function connectHints(databaseUrl: string, log: Logger): Promise<Hints> {
  const waiting = new Map<string, Set<() => void>>()
  const pending = new Set<string>()
  const publisher = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  publisher.on('error', (error) => log.warn({ err: error }, 'hints'))
  // A connection in use that ends reports its error only here.
  publisher.on('connect', (client) => client.on('error', () => {}))
  let listener: pg.Client
  let retry: NodeJS.Timeout | undefined
  let stopped = false

  const wakeAll = (): void => {
    for (const wakes of waiting.values()) for (const wake of wakes) wake()
  }

  const listen = async (): Promise<void> => {
    listener = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    })
    listener.on('error', () => {})
    listener.on('notification', ({ payload }) => {
      for (const topic of topicsOf(payload)) for (const wake of waiting.get(topic) ?? []) wake()
    })
    await listener.connect()
    await listener.query(`LISTEN ${CHANNEL}`)
    // Only once it listens: a client that cannot connect ends as well, and each attempt would start two new ones.
    listener.once('end', listenLater)
  }

  const listenLater = (): void => {
    if (!stopped) retry = setTimeout(relisten, RECONNECT_MS)
  }

  const relisten = (): void => {
    // The hints of the time without a connection are lost: all readers look again.
    listen().then(wakeAll, (error: unknown) => {
      log.warn({ err: error }, 'hints are not heard, trying again')
      listener.end().catch(() => {})
      listenLater()
    })
  }

  const flush = (): void => {
    const batches = batchesOf([...pending])
    pending.clear()
    for (const batch of batches) {
      publisher
        .query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(batch)])
        .catch((error: unknown) => log.warn({ err: error }, 'a hint was lost'))
    }
  }

  await listen()
  return {
    publish: (topics) => {
      if (pending.size === 0 && topics.length > 0) setImmediate(flush)
      for (const topic of topics) pending.add(topic)
    },
    subscribe: (topic, wake) => {
      const wakes = waiting.get(topic) ?? new Set()
      waiting.set(topic, wakes.add(wake))
      return () => {
        wakes.delete(wake)
        if (wakes.size === 0 && waiting.get(topic) === wakes) waiting.delete(topic)
      }
    },
    stop: async () => {
      stopped = true
      clearTimeout(retry)
      await Promise.all([listener.end(), publisher.end()])
    },
  }
}

/** The topics of a notification. Every role that can connect may write to the channel, so an invalid payload must not end the process. */
function topicsOf(payload: string | undefined): string[] {
  try {
    const topics: unknown = JSON.parse(payload ?? '[]')
    return Array.isArray(topics) ? topics : []
  } catch {
    return []
  }
}

/** Splits topics into lists whose JSON fits one NOTIFY. */
export function batchesOf(topics: string[]): string[][] {
  const batches: string[][] = []
  let size = MAX_PAYLOAD_BYTES
  for (const topic of topics) {
    const bytes = Buffer.byteLength(JSON.stringify(topic)) + 1
    if (size + bytes > MAX_PAYLOAD_BYTES) {
      batches.push([])
      size = 2
    }
    batches.at(-1)?.push(topic)
    size += bytes
  }
  return batches
}
