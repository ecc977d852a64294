import type { GraphQLFormattedError } from 'graphql'
import { isObject, type JsonObject } from './json.js'

/** What a subgraph answers: to a request, or as one event of a subscription. */
export interface SubgraphResponse {
  data?: JsonObject | null
  errors?: readonly GraphQLFormattedError[]
}

/** No usable answer came from the subgraph. `reason` is for the log only. */
export class SubgraphFailure extends Error {
  constructor(
    readonly service: string,
    readonly code: 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'OPERATION_TOO_COMPLEX',
    readonly reason: string,
  ) {
    super(`${code} ${service}: ${reason}`)
  }
}

/** The answer that a body holds; null when it is not a GraphQL answer. */
export function responseOf(text: string): SubgraphResponse | null {
  try {
    const answer: unknown = JSON.parse(text)
    if (!isObject(answer) || !('data' in answer || Array.isArray(answer.errors))) return null
    if ('errors' in answer && !Array.isArray(answer.errors)) delete answer.errors
    return answer as SubgraphResponse
  } catch {
    return null
  }
}
