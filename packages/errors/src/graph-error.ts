import { GraphQLError } from 'graphql'
import { type ErrorCode, entryOf, type Language, textOf } from './codes.js'

/** An error that may leave the graph: `extensions` hold the code, the rule's id and what unlocks it; the message follows the reader's language. */
export class GraphError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    details: Record<string, unknown> = {},
    language: Language = 'sv',
  ) {
    const { rule, unlock } = entryOf(code)
    super(textOf(code, language), {
      extensions: { code, ...(rule && { rule }), ...(unlock && { unlock: unlock[language] }), ...details },
    })
    this.name = 'GraphError'
  }
}
