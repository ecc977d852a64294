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
    requestId?: string
    [more: string]: unknown
  }
}

export const NETWORK = 'NETWORK'
/** When the server did not say. */
const DEFAULT_RETRY_MS = 1_000

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

  /** The same may be sent again: a query, or a mutation under the same idempotency key. */
  get retryable(): boolean {
    return this.code === NETWORK || this.errors.some(({ extensions }) => extensions?.retryable === true)
  }

  /** How long to wait first, in milliseconds. */
  get retryAfterMs(): number {
    const asked = this.errors.map(({ extensions }) => extensions?.retryAfterMs ?? 0)
    return Math.max(...asked, 0) || DEFAULT_RETRY_MS
  }

  /** To tell support, where something went wrong on the server's side. */
  get requestId(): string | undefined {
    return this.errors.find(({ extensions }) => extensions?.requestId)?.extensions?.requestId
  }

  /** From the errors of an answer: the first one names it. */
  static of(errors: readonly AnswerError[]): VardgrafError {
    return new VardgrafError(errors[0]?.extensions?.code ?? 'INTERNAL', errors[0]?.message ?? 'no data and no error', errors)
  }
}
