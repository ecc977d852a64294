import { entryOf, GraphError } from '@vardgraf/errors'

/**
 * PostgreSQL's codes of temporary conditions: connections (08), resources (53), shutdown and start (57P01-57P03), a primary that became a
 * replica (25006), time limits (25P03, 25P04, 55P03, 57014), lost races (40001, 40P01).
 */
const passingStates = /^(08\w{3}|53\w{3}|57P0[123]|25006|25P03|25P04|55P03|57014|40001|40P01)$/
const racingStates = /^(40001|40P01|P2034)$/
const networkCodes = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/
/** Prisma's: not reached, timed out, closed, no connection free, transaction ended or lost a race, too many connections. */
const prismaCodes = /^(P1001|P1002|P1008|P1017|P2024|P2028|P2034|P2037)$/
const adapterKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
])
/** pg gives these no code. */
const clientMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after)/

const MAX_DEPTH = 8

/**
 * Whether the same may succeed when it is tried again: the database is away, restarts, is full or took too long, another service does
 * not answer, a race was lost. This is the one place that tells such errors from bugs.
 */
export function isTransient(error: unknown): boolean {
  return causesOf(error).some(({ code, originalCode, kind, message, self }) => {
    if (self instanceof GraphError) return entryOf(self.code).retryable === true
    return (
      [code, originalCode].some((one) => passingStates.test(one) || networkCodes.test(one) || prismaCodes.test(one)) ||
      adapterKinds.has(kind) ||
      clientMessages.test(message)
    )
  })
}

/** A lost race inside the database that is over at once when the transaction is tried again: deadlock or serialization failure. */
export const isLostRace = (error: unknown): boolean =>
  causesOf(error).some(
    ({ code, originalCode, kind }) =>
      racingStates.test(code) || racingStates.test(originalCode) || kind === 'TransactionWriteConflict',
  )

interface Cause {
  self: unknown
  code: string
  originalCode: string
  kind: string
  message: string
}

/** The error and what it says lies below it: Prisma wraps the adapter's error, which wraps the driver's. */
function causesOf(error: unknown, depth = 0): Cause[] {
  if (typeof error !== 'object' || error === null || depth === MAX_DEPTH) return []
  const { code, originalCode, kind, message, cause, errors, meta, originalError } = error as Record<string, unknown>
  const below = [cause, originalError, (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError]
  return [
    { self: error, code: text(code), originalCode: text(originalCode), kind: text(kind), message: text(message) },
    ...[...below, ...(Array.isArray(errors) ? errors : [])].flatMap((one) => causesOf(one, depth + 1)),
  ]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
