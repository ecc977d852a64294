/** One entry of `errors` in an answer. `extensions.code` is stable; the text is for people. */
export interface AnswerError {
  message: string
  path?: readonly (string | number)[]
  extensions?: {
    code?: string
    rule?: string
    unlock?: string
    retryable?: boolean
    retryAfterMs?: number
    [more: string]: unknown
  }
}

/** The graph did not give what was asked. Expected refusals are not errors: they are the `refusal` of a payload. */
export class VardgrafError extends Error {
  override name = 'VardgrafError'

  constructor(
    /** Stable code, see `Query.errorCodes`; `NETWORK` when there was no answer of the graph at all. */
    readonly code: string,
    message: string,
    readonly errors: readonly AnswerError[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  /** From the errors of an answer: the first one names it. */
  static of(errors: readonly AnswerError[]): VardgrafError {
    return new VardgrafError(errors[0]?.extensions?.code ?? 'INTERNAL', errors[0]?.message ?? 'no data and no error', errors)
  }
}
