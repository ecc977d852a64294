import { randomUUID } from 'node:crypto'
import { type ErrorCode, entryOf, GraphError, isErrorCode, type Language, retryOf, textOf } from '@vardgraf/errors'
import { currentWork, type Logger } from '@vardgraf/process'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { DatabaseBusy } from '../database/pools.js'
import { isTransient } from '../database/transient.js'

/**
 * What leaves a subgraph: stable code, text in the reader's language, no stack, nothing of the cause. What is over by itself is told as
 * TRY_AGAIN_LATER; what is not known is logged, and told as INTERNAL with the request's id to ask about.
 */
export function publicError(
  error: GraphQLFormattedError,
  original: unknown,
  language: Language,
  log: Logger,
): GraphQLFormattedError {
  const place = { ...(error.path && { path: error.path }), ...(error.locations && { locations: error.locations }) }
  const cause = rootOf(original)
  if (cause instanceof GraphError) {
    // Whoever threw it may not have known the reader's language.
    const unlock = cause.extensions.unlock === undefined ? undefined : entryOf(cause.code).unlock?.[language]
    return { ...place, message: textOf(cause.code, language), extensions: { ...cause.extensions, ...(unlock && { unlock }) } }
  }
  if (isRefusedText(cause))
    return { ...place, message: textOf('BAD_USER_INPUT', language), extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode } }
  if (isTransient(cause)) {
    log.warn({ err: cause, path: error.path }, 'something needed is away')
    const code = currentWork()?.signal?.aborted ? 'SUBGRAPH_TIMEOUT' : 'TRY_AGAIN_LATER'
    return { ...place, message: textOf(code, language), extensions: { code, ...retryOf(code) } }
  }
  const code = error.extensions?.code
  if (cause instanceof GraphQLError && (isOfRequest(code) || !cause.originalError)) {
    return { ...place, message: error.message, extensions: { code: isOfRequest(code) ? code : 'BAD_USER_INPUT' } }
  }
  const requestId = currentWork()?.requestId ?? randomUUID()
  log.error({ err: cause, requestId, path: error.path }, 'an unexpected error')
  return { ...place, message: textOf('INTERNAL', language), extensions: { code: 'INTERNAL' satisfies ErrorCode, requestId } }
}

/** PostgreSQL's code for text that it cannot store: the character NUL, which JSON can carry and no rule wants. */
const REFUSED_TEXT = '22021'

/** The database refused a text, whether asked directly or through Prisma. */
function isRefusedText(cause: unknown): boolean {
  const { code, meta } = (cause ?? {}) as {
    code?: unknown
    meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } }
  }
  return code === REFUSED_TEXT || meta?.driverAdapterError?.cause?.originalCode === REFUSED_TEXT
}

const isOfRequest = (code: unknown): code is ErrorCode => isErrorCode(code) && code !== 'INTERNAL'

/** The error that a resolver threw, below the wrappers that carry path and place. */
export function rootOf(error: unknown): unknown {
  let root = error
  while (root instanceof GraphQLError && !(root instanceof GraphError) && root.originalError) root = root.originalError
  return root instanceof DatabaseBusy ? root.cause : root
}
