import type { Language } from '@vardgraf/errors'
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import type { Login } from '../login/authenticate.js'

/** Who opened a socket: established once, at connection time, and used for every operation and every event on it. */
export interface Identity extends Login {
  language: Language
}

/** What a socket says about its user. */
export interface Credentials {
  authorization: string | undefined
  acceptLanguage: string | undefined
}

/** One run of the executor on behalf of a socket's user: never shared between two operations or two events. */
export interface Requester extends Identity {
  requestId: string
  signal: AbortSignal
}

/** What a `subscribe` message asks for. */
export interface OperationRequest {
  query: string
  operationName: string | undefined
  variables: Record<string, unknown>
}

/** An event as the subgraph sent it: the answer to the plan's primary operation. */
export type UpstreamEvent = FormattedExecutionResult

/** The operation to open at the subgraph that owns the subscription's root field. */
export interface PrimaryOperation {
  service: string
  /** The subgraph's `ws:` or `wss:` address. */
  url: string
  query: string
  operationName: string | undefined
  variables: Record<string, unknown>
}

/** A valid operation, planned. It keeps the supergraph it was planned on, so that a reload ends no stream. */
export type PreparedOperation = PreparedRequest | PreparedStream

/** What the log calls an operation: never the document or its variables. */
interface Label {
  name: string | undefined
  hash: string
}

export interface PreparedRequest {
  kind: 'QUERY' | 'MUTATION'
  label: Label
  run(requester: Requester): Promise<FormattedExecutionResult>
}

export interface PreparedStream {
  kind: 'SUBSCRIPTION'
  label: Label
  primary: PrimaryOperation
  /** Completes one event from the other subgraphs, with errors of its own and nothing from the event before. */
  answer(event: UpstreamEvent, requester: Requester): Promise<FormattedExecutionResult>
}

/** What the streams need of the rest of the gateway; app.ts fills it in. */
export interface Ports {
  /** @throws GraphError with `UNAUTHENTICATED` or `FORBIDDEN` when the login does not do; anything else means "cannot tell now". */
  authenticate(credentials: Credentials): Promise<Identity>
  /** Limits, validation and plan: the same as for HTTP.
   *  @throws OperationRefused */
  prepare(request: OperationRequest, requester: Requester): Promise<PreparedOperation>
  /** The `extensions` of an operation sent to a subgraph, with the viewer signed for it. */
  signedExtensions(requester: Requester, service: string): Record<string, unknown>
  /** An error from a subgraph, made fit to leave the gateway. */
  outward(error: GraphQLFormattedError, requester: Requester): GraphQLFormattedError
}

/** An operation that ends, or never starts, with these errors. */
export class OperationRefused extends Error {
  override name = 'OperationRefused'
  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super(errors.map((error) => error.message).join('; '))
  }
}
