import { GraphError } from '@vardgraf/errors'
import { DEADLINE_HEADER, inWork, passedRequestId, REQUEST_ID_HEADER } from '@vardgraf/process'

/** Where the caller sends no deadline: the same as a gateway's. */
const DEFAULT_DEADLINE_MS = 5_000
const LONGEST_DEADLINE_MS = 120_000

/** The caller of a piece of work: one request over HTTP, or one operation on a socket. */
export interface Waiting {
  requestId: string
  /** Of the request, or of each event. */
  deadlineMs: number
  /** Aborts when the caller no longer waits: the connection is closed, or the operation has ended. */
  gone: AbortSignal
}

/** From what the caller sends, in headers or in the `extensions` of an operation. */
export function waitingOf(told: Record<string, unknown>, gone: AbortSignal): Waiting {
  return { requestId: passedRequestId(told[REQUEST_ID_HEADER]), deadlineMs: deadlineOf(told[DEADLINE_HEADER]), gone }
}

function deadlineOf(told: unknown): number {
  const ms = /^\d{1,7}$/.test(String(told)) ? Number(told) : DEFAULT_DEADLINE_MS
  return Math.min(ms, LONGEST_DEADLINE_MS)
}

/**
 * Runs `work` until its deadline, or until its caller no longer waits. Then `currentWork().signal` aborts: running questions to other
 * services and to the database end, and no further resolver begins. A transaction that has begun runs to its end.
 */
export async function within<T>({ requestId, deadlineMs, gone }: Waiting, work: () => Promise<T> | T): Promise<T> {
  const end = new AbortController()
  const until = performance.now() + deadlineMs
  const abort = (): void => end.abort(new GraphError('SUBGRAPH_TIMEOUT'))
  const timer = setTimeout(abort, deadlineMs)
  gone.addEventListener('abort', abort)
  if (gone.aborted) abort()
  try {
    const remainingMs = (): number => Math.max(0, Math.ceil(until - performance.now()))
    return await inWork({ requestId, signal: end.signal, remainingMs }, async () => work())
  } finally {
    clearTimeout(timer)
    gone.removeEventListener('abort', abort)
  }
}
