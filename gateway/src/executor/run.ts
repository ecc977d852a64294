import type { Variables } from '../plan/fields.js'
import type { PreparedOperation } from '../plan/operations.js'
import type { SubgraphFailure } from '../upstream/response.js'
import type { SubgraphClient } from '../upstream/subgraphs.js'

/** One run of a prepared operation. */
export interface Run {
  operation: PreparedOperation
  /** As the client sent them: subgraphs coerce them again against their own types. */
  variables: Variables
  /** Coerced by the API schema, defaults filled in: decides `@skip`, `@include` and conditions of the plan. */
  coerced: Variables
  subgraphs: SubgraphClient
  /** Headers of a request to a subgraph, as undici's flat list: the viewer signed for it, the language, the request's id. */
  headers: (service: string) => string[]
  /** Aborts the requests to subgraphs: the client went away, or the process stops. */
  signal?: AbortSignal
  /** Whether the client went away: then nothing more is asked for. Costs a request less than a signal of its own. */
  gone?: () => boolean
  /** Told of each request to a subgraph when it has ended; `failure` when there was no usable answer. */
  onFetch?: (service: string, ms: number, failure: SubgraphFailure | null) => void
}
