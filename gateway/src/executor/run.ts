import type { Variables } from '../plan/fields.js'
import type { PreparedOperation } from '../plan/operations.js'
import type { SubgraphFailure } from '../upstream/response.js'
import type { SubgraphClient } from '../upstream/subgraphs.js'

/** One run of a prepared operation. */
export interface Run {
  operation: PreparedOperation
  /** As the client sent them. Subgraphs coerce them again by their own types. */
  variables: Variables
  /** Coerced by the API schema, with defaults. They decide `@skip`, `@include` and the conditions of the plan. */
  coerced: Variables
  subgraphs: SubgraphClient
  /** Headers of a request to a subgraph, as undici's flat list: the viewer signed for it, the language, the request's id. */
  headers: (service: string) => string[]
  /** Aborts the requests to subgraphs: the client went away, or the process stops. */
  signal?: AbortSignal
  /** Whether the client went away; then no more requests are sent. Cheaper for a request than a signal. */
  gone?: () => boolean
  /** Told of each request to a subgraph when it has ended; `failure` when there was no usable answer. */
  onFetch?: (service: string, ms: number, failure: SubgraphFailure | null) => void
}
