import { createClient } from 'graphql-ws'
import { type ClientOptions, type Socket, tokenOf } from './options.js'

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 15_000
const CLOSED_FORBIDDEN = 4403

/** The shared socket; see docs/streams.md for what its close codes mean. */
export function openSocket(options: ClientOptions): Socket {
  let retryAfterMs: number | null = null
  return createClient({
    url: options.streamUrl ?? options.url.replace(/^http/, 'ws'),
    ...(options.webSocket !== undefined && { webSocketImpl: options.webSocket }),
    connectionParams: async () => {
      const token = await tokenOf(options)
      return { ...(token && { authorization: `Bearer ${token}` }), ...(options.language && { acceptLanguage: options.language }) }
    },
    keepAlive: 20_000,
    retryAttempts: options.reconnects ?? Number.POSITIVE_INFINITY,
    // A refused connection is an error event, not a close event: it is tried again as well. Fatal close codes are not asked about,
    // and this one is final too: the same login would be refused again, without any message to the caller.
    shouldRetry: (problem) => codeOf(problem) !== CLOSED_FORBIDDEN,
    on: { closed: (event) => (retryAfterMs = askedWait(event)) },
    retryWait: async (retries) => {
      const wait = retryAfterMs ?? Math.min(FIRST_RETRY_MS * 2 ** retries, LONGEST_RETRY_MS) * (0.5 + Math.random() / 2)
      retryAfterMs = null
      await new Promise((resolve) => setTimeout(resolve, wait))
    },
  })
}

const codeOf = (problem: unknown): unknown =>
  typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null

/** The gateway gives each socket another pause when it restarts, so that not all clients come back at once. */
function askedWait(event: unknown): number | null {
  const reason = typeof event === 'object' && event !== null && 'reason' in event ? String(event.reason) : ''
  const [, milliseconds] = /retryAfterMs=(\d{1,6})/.exec(reason) ?? []
  return milliseconds === undefined ? null : Number(milliseconds)
}
