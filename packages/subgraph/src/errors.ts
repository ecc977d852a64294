import { randomUUID } from 'node:crypto'
import { type ErrorCode, GraphError, isErrorCode, type Language, textOf } from '@vardgraf/errors'
import type { Logger } from '@vardgraf/process'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'

/** What leaves a subgraph: stable code, text in the reader's language, no stack, nothing of the cause. What is not known is logged and told as INTERNAL. */
export function publicError(
  error: GraphQLFormattedError,
  original: unknown,
  language: Language,
  log: Logger,
): GraphQLFormattedError {
  const place = { ...(error.path && { path: error.path }), ...(error.locations && { locations: error.locations }) }
  const cause = rootOf(original)
  if (cause instanceof GraphError) return { ...place, message: textOf(cause.code, language), extensions: cause.extensions }
  const code = error.extensions?.code
  if (cause instanceof GraphQLError && (isOfRequest(code) || !cause.originalError)) {
    return { ...place, message: error.message, extensions: { code: isOfRequest(code) ? code : 'BAD_USER_INPUT' } }
  }
  const incident = randomUUID()
  log.error({ err: cause, incident, path: error.path }, 'an unexpected error')
  return { ...place, message: textOf('INTERNAL', language), extensions: { code: 'INTERNAL' satisfies ErrorCode, incident } }
}

const isOfRequest = (code: unknown): code is ErrorCode => isErrorCode(code) && code !== 'INTERNAL'

/** The error that a resolver threw, below the wrappers that carry path and place. */
function rootOf(error: unknown): unknown {
  let root = error
  while (root instanceof GraphQLError && !(root instanceof GraphError) && root.originalError) root = root.originalError
  return root
}
