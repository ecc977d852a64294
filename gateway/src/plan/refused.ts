import { GraphQLError } from 'graphql'

/** The largest number of errors in one refusal. */
export const maxErrors = 20

/** The operation is not run; `errors` say why. */
export class Refused extends Error {
  constructor(
    readonly errors: readonly GraphQLError[],
    options?: ErrorOptions,
  ) {
    super(errors[0]?.message ?? 'refused', options)
  }
}

/** The same error with a code, unless it has one. */
export function coded(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    extensions: { code, ...error.extensions },
  })
}
