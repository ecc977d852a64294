import { type ErrorCode, entryOf, isErrorCode, type Language, retryOf, textOf } from '@vardgraf/errors'
import type { Logger } from '@vardgraf/process'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'

export interface ErrorPolicy {
  /** For a foreign supergraph: unknown codes and their messages are passed on. For our own they become INTERNAL. */
  passForeign: boolean
  /** Whether messages may contain names of the schema that the client did not write, such as "Did you mean …". */
  tellSchema: boolean
}

/** Codes with a message of their own, in English, about the document, its variables or the request. */
const explained = new Set<ErrorCode>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST'])
const ours = new Set<ErrorCode>(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT'])
const internalExtensions = new Set(['stacktrace', 'exception', 'service', 'serviceName', 'debugMessage', 'http'])

/**
 * An error as clients may see it: a stable code, no stack trace, no internal details. An unknown error becomes INTERNAL, with the
 * request's id for support.
 */
export function outward(
  error: GraphQLError | GraphQLFormattedError,
  { language, requestId, policy, log }: { language: Language; requestId: string; policy: ErrorPolicy; log: Logger },
): GraphQLFormattedError {
  const extensions = error.extensions ?? {}
  const { code } = extensions
  const known = isErrorCode(code) && code !== 'INTERNAL'
  if (!known && !policy.passForeign) {
    // Without the message: it may quote what a patient wrote. The subgraph has logged it.
    log.error({ requestId, code, service: extensions.service, path: error.path }, 'an error without a known code')
    return placed(error, textOf('INTERNAL', language), { code: 'INTERNAL', requestId })
  }
  const kept = Object.fromEntries(Object.entries(extensions).filter(([name]) => !internalExtensions.has(name)))
  if (!known) return placed(error, error.message, { code: 'DOWNSTREAM_SERVICE_ERROR', ...kept })
  if (ours.has(code)) return placed(error, textOf(code, language), { ...ruled(code), ...kept, service: extensions.service })
  const text = textOf(code, language)
  const given = error.message && (explained.has(code) || extensions.service !== undefined) ? error.message : text
  const message = policy.tellSchema ? given : withoutHints(given)
  // The message is in the reader's language. The details from graphql-js, for developers, are in English.
  if (language === 'en' || policy.passForeign || !explained.has(code) || message === text)
    return placed(error, message, { ...ruled(code), ...kept })
  return placed(error, text, { ...ruled(code), ...kept, detail: message })
}

/** The message without the suggestions that graphql-js adds. */
function withoutHints(message: string): string {
  return message.replace(/ ?Did you mean .+\?/s, '')
}

/** The HTTP status of a request that failed as a whole. */
export function statusOf(error: GraphQLFormattedError): number {
  const code = error.extensions?.code
  return (isErrorCode(code) ? entryOf(code).http : undefined) ?? 400
}

function ruled(code: ErrorCode): Record<string, unknown> {
  const { rule } = entryOf(code)
  return { ...(rule && { rule }), ...retryOf(code) }
}

function placed(
  { path, locations }: GraphQLError | GraphQLFormattedError,
  message: string,
  extensions: Record<string, unknown>,
): GraphQLFormattedError {
  return { message, ...(locations && { locations }), ...(path && { path }), extensions }
}
