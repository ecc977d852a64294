import { GraphQLError } from 'graphql'
import { type ErrorCode, entryOf, type Language, textOf } from './codes.js'

const SHORTEST_RETRY_MS = 500
const RETRY_SPREAD_MS = 2_500

/** When to try again, in milliseconds: spread, so that not all come back in the same moment. */
export const retryAfterMs = (): number => SHORTEST_RETRY_MS + Math.floor(Math.random() * RETRY_SPREAD_MS)

/** What the extensions of an error say of trying again. */
export const retryOf = (code: ErrorCode): { retryable?: true; retryAfterMs?: number } =>
  entryOf(code).retryable ? { retryable: true, retryAfterMs: retryAfterMs() } : {}

/**
 * An error that may leave the graph: `extensions` hold the code, the rule's id, what unlocks it, and whether the same may be sent again;
 * the message follows the reader's language.
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
