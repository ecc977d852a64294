import { AsyncLocalStorage } from 'node:async_hooks'

/** Header, and key of graphql-ws `extensions`: how many milliseconds the caller will still wait; for a stream, for each event. */
export const DEADLINE_HEADER = 'vardgraf-deadline-ms'

/** One piece of work, done for one request, one event of a stream or one job. */
export interface Work {
  /** The same in every process that the request comes to, in every log line of it, and in what it leaves for later. */
  requestId: string
  /** Aborts when the outcome is no longer waited for; a job has none. */
  signal?: AbortSignal
  /** Milliseconds that are left of it; a job has no end. */
  remainingMs?(): number
}

const works = new AsyncLocalStorage<Work>()

/**
 * What this code is run for. It reaches where arguments do not: log lines, the connections of the database, questions to other
 * services. No decision may depend on it.
 */
export const currentWork = (): Work | undefined => works.getStore()

export const inWork = <T>(work: Work, run: () => T): T => works.run(work, run)
