import { type ErrorCode, entryOf, isErrorCode, type Language, retryOf, textOf } from '@vardgraf/errors'
import type { Logger } from '@vardgraf/process'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'

export interface ErrorPolicy {
  /** Over somebody else's supergraph their codes and messages pass; over our own an unknown code is an accident and says nothing. */
  passForeign: boolean
  /** Whether messages may tell names of the schema that the client did not write: "Did you mean …". */
  tellSchema: boolean
}

/** Codes whose message says, in English, what is wrong with the document, its variables or the request. */
const explained = new Set<ErrorCode>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST'])
const ours = new Set<ErrorCode>(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT'])
const internalExtensions = new Set(['stacktrace', 'exception', 'service', 'serviceName', 'debugMessage', 'http'])

/** Makes errors fit to leave: a stable code, no stack trace, no inner workings; what nobody foresaw becomes INTERNAL with the request's id to ask about. */
export function outward(
  error: GraphQLError | GraphQLFormattedError,
  { language, requestId, policy, log }: { language: Language; requestId: string; policy: ErrorPolicy; log: Logger },
): GraphQLFormattedError {
  const extensions = error.extensions ?? {}
  const { code } = extensions
  const known = isErrorCode(code) && code !== 'INTERNAL'
  if (!known && !policy.passForeign) {
    // Not the message: it may quote what a patient wrote. The service has logged its own.
    log.error({ requestId, code, service: extensions.service, path: error.path }, 'an error without a known code')
    return placed(error, textOf('INTERNAL', language), { code: 'INTERNAL', requestId })
  }
  const kept = Object.fromEntries(Object.entries(extensions).filter(([name]) => !internalExtensions.has(name)))
  if (!known) return placed(error, error.message, { code: 'DOWNSTREAM_SERVICE_ERROR', ...kept })
  if (ours.has(code)) return placed(error, textOf(code, language), { ...ruled(code), ...kept, service: extensions.service })
  const text = textOf(code, language)
  const given = error.message && (explained.has(code) || extensions.service !== undefined) ? error.message : text
  const message = policy.tellSchema ? given : withoutHints(given)
  // For people it is in their language; who develops needs what graphql-js says, and that is English.
  if (language === 'en' || policy.passForeign || !explained.has(code) || message === text)
    return placed(error, message, { ...ruled(code), ...kept })
  return placed(error, text, { ...ruled(code), ...kept, detail: message })
}

/** Drops the suggestions that graphql-js ends its messages with. */
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
