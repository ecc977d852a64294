import type { Document } from './document.js'
import { type AnswerError, NETWORK, VardgrafError } from './errors.js'
import type { ClientOptions } from './options.js'
import { tokenOf } from './options.js'
import { pause } from './pause.js'

/** What came back: parts that failed are null in `data` and told in `errors`. */
export interface Answer<R> {
  data: R | null
  errors: readonly AnswerError[]
}

/** Sends a query or a mutation over HTTP.
 *  @throws VardgrafError NETWORK when no answer of the graph came back. */
export async function execute<R, V>(
  options: ClientOptions,
  document: Document<R, V>,
  variables: V | undefined,
  signal?: AbortSignal,
): Promise<Answer<R>> {
  const token = await tokenOf(options)
  const send = options.fetch ?? fetch
  const response = await send(options.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(options.language && { 'accept-language': options.language }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new VardgrafError(NETWORK, `${options.url} does not answer`, [], { cause: error })
  })
  const answer = (await response.json().catch(() => null)) as { data?: R | null; errors?: AnswerError[] } | null
  if (answer === null || typeof answer !== 'object' || !('data' in answer || 'errors' in answer)) {
    throw new VardgrafError(NETWORK, `${options.url} answered ${response.status} without GraphQL`)
  }
  return { data: answer.data ?? null, errors: answer.errors ?? [] }
}

const RETRIES = 2

/** The data, or what went wrong. What is retryable is sent again if doing it twice does it once.
 *  @throws VardgrafError */
export async function request<R, V>(
  options: ClientOptions,
  document: Document<R, V>,
  variables: V | undefined,
  closed: AbortSignal,
): Promise<R> {
  const retries = isRepeatable(document, variables) ? (options.retries ?? RETRIES) : 0
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { data, errors } = await execute(options, document, variables)
      if (data !== null && errors.length === 0) return data
      throw VardgrafError.of(errors)
    } catch (error) {
      if (!(error instanceof VardgrafError) || !error.retryable || attempt >= retries) throw error
      await pause(error.retryAfterMs, closed)
      if (closed.aborted) throw error
    }
  }
}

/** A query, or a mutation under a key by which the graph knows the second sending. */
function isRepeatable(document: { toString(): string }, variables: unknown): boolean {
  return /^\s*(query\b|\{|fragment\b(?![\s\S]*\bmutation\b))/.test(document.toString()) || hasKey(variables)
}

const hasKey = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([name, inner]) => (name === 'idempotencyKey' && typeof inner === 'string') || hasKey(inner))
