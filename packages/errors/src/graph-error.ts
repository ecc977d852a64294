import { GraphQLError } from 'graphql'
import { type ErrorCode, entryOf, type Language, textOf } from './codes.js'

const SHORTEST_RETRY_MS = 500
const RETRY_SPREAD_MS = 2_500

/** After how many milliseconds to try again. It is random, so that clients do not all return at the same moment. */
export const retryAfterMs = (): number => SHORTEST_RETRY_MS + Math.floor(Math.random() * RETRY_SPREAD_MS)

/** The fields of an error's extensions that say whether, and when, to try again; none where it does not help. */
export const retryOf = (code: ErrorCode): { retryable?: true; retryAfterMs?: number } =>
  entryOf(code).retryable ? { retryable: true, retryAfterMs: retryAfterMs() } : {}

/**
 * An error that clients may see. Its `extensions` hold the code, the rule's id, what the person can do about it, and whether the same
 * request may be sent again. The message is in the reader's language.
 */
export class GraphError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    details: Record<string, unknown> = {},
    language: Language = 'sv',
  ) {
    const { rule, unlock } = entryOf(code)
    super(textOf(code, language), {
      extensions: { code, ...(rule && { rule }), ...(unlock && { unlock: unlock[language] }), ...retryOf(code), ...details },
    })
    this.name = 'GraphError'
  }
}
