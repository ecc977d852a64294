import { GraphError, type Language } from '@vardgraf/errors'
import { DEADLINE_HEADER, type Logger } from '@vardgraf/process'
import type { Viewer } from '@vardgraf/viewer'
import type { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import { type ErrorPolicy, outward } from './errors.js'
import { executeEvent } from './executor/execute.js'
import { fetchVariables } from './executor/request.js'
import type { Run } from './executor/run.js'
import { type Authenticator, type Login, LoginUnavailable } from './login/authenticate.js'
import type { ViewerHeaders } from './login/viewer.js'
import type { Variables } from './plan/fields.js'
import type { Operations, PreparedOperation } from './plan/operations.js'
import { Refused } from './plan/refused.js'
import type { SubgraphResponse } from './upstream/response.js'
import type { Subgraphs } from './upstream/subgraphs.js'

/** What a client asks for, over HTTP or over a socket. */
export interface OperationRequest {
  query: string
  operationName: string | undefined
  variables: Variables
}

/** Who asks, in which language, and in which request. */
export interface Asker {
  viewer: Viewer
  language: Language
  requestId: string
}

/** How a run is stopped and watched; this differs between HTTP and sockets. */
export interface Watch extends Pick<Run, 'signal' | 'gone'> {
  onFetch?(service: string, ms: number): void
}

/** A subscription of one client, planned: it keeps the supergraph that it was planned on, so that a reload ends no stream. */
export interface PlannedStream {
  /** The subgraph that owns the subscription's root field, and its `ws:` or `wss:` address. */
  service: string
  url: string
  /** What opens the subscription at the subgraph. The viewer is signed now. */
  opening(): SubscribePayload
  /** Completes one event from the other subgraphs: with a fresh signature, and with no errors or data of the event before. */
  complete(event: SubgraphResponse): Promise<FormattedExecutionResult>
}

export interface PipelineParts {
  authenticator: Authenticator
  /** Of the newest supergraph. */
  operations(): Operations
  subgraphs: Subgraphs
  viewers: ViewerHeaders
  /** Runs a query or a mutation. */
  execute(run: Run): Promise<ExecutionResult>
  policy: ErrorPolicy
  log: Logger
}

/**
 * What happens to every operation, over HTTP and over sockets: the login is checked, the operation is limited, validated and planned,
 * the plan is run, and errors are made safe to send. Both doors call these steps, in this order.
 */
export class Pipeline {
  constructor(private readonly parts: PipelineParts) {}

  /** @throws GraphError UNAUTHENTICATED, in the language given, when the token is not valid
   *  @throws LoginUnavailable when the login cannot be checked now */
  async login(authorization: string | undefined, language: Language): Promise<Login> {
    try {
      return await this.parts.authenticator.login(authorization)
    } catch (error) {
      throw error instanceof GraphError ? new GraphError(error.code, {}, language) : error
    }
  }

  /** @throws Refused when the operation is not valid, or asks for too much */
  prepare({ query, operationName }: OperationRequest): Promise<PreparedOperation> {
    return this.parts.operations().prepare(query, operationName)
  }

  /** Answers a query or a mutation.
   *  @throws Refused when the variables are invalid */
  async run(
    operation: PreparedOperation,
    variables: Variables,
    asker: Asker,
    watch: Watch = {},
  ): Promise<FormattedExecutionResult> {
    const coerced = operation.coerce(variables)
    return this.shown(await this.parts.execute(this.runOf({ operation, variables, coerced }, asker, watch)), asker)
  }

  /** Plans a subscription for one client, until `signal` aborts.
   *  @throws Refused when the variables are invalid */
  stream(operation: PreparedOperation, variables: Variables, asker: Asker, signal: AbortSignal): PlannedStream {
    const coerced = operation.coerce(variables)
    const { plan } = operation
    if (plan?.kind !== 'subscription') throw new Error('a valid subscription has a plan with a primary')
    const { primary } = plan
    const { subgraphs, viewers } = this.parts
    const { service, operationName } = primary
    const address = subgraphs.addresses().get(service)
    if (!address) throw new Error(`no address of subgraph ${service}`)
    return {
      service,
      url: address.replace(/^http/, 'ws'),
      opening: () => ({
        query: primary.operation,
        ...(operationName && { operationName }),
        variables: fetchVariables(primary, variables),
        extensions: {
          ...viewers.extensions(asker.viewer, service, asker.language, asker.requestId),
          [DEADLINE_HEADER]: subgraphs.deadlineMs,
        },
      }),
      // A new run for each event: its signature is fresh, and it starts without errors.
      complete: async (event) =>
        this.shown(await executeEvent(this.runOf({ operation, variables, coerced }, asker, { signal }), event), asker),
    }
  }

  /** An error as the client may see it. */
  outward(error: GraphQLError | GraphQLFormattedError, { language, requestId }: Pick<Asker, 'language' | 'requestId'>) {
    const { policy, log } = this.parts
    return outward(error, { language, requestId, policy, log })
  }

  /** The errors for an operation without an answer. An unexpected error is logged, and becomes INTERNAL. */
  errorsOf(error: unknown, asker: Pick<Asker, 'language' | 'requestId'>): readonly GraphQLFormattedError[] {
    const { language, requestId } = asker
    if (error instanceof Refused) return error.errors.map((one) => this.outward(one, asker))
    if (error instanceof GraphError) return [error.toJSON()]
    if (error instanceof LoginUnavailable) {
      this.parts.log.error({ requestId, err: error }, 'a login cannot be checked')
      return [new GraphError('LOGIN_UNAVAILABLE', {}, language).toJSON()]
    }
    this.parts.log.error({ requestId, err: error }, 'an operation failed')
    return [new GraphError('INTERNAL', { requestId }, language).toJSON()]
  }

  private runOf(
    asked: Pick<Run, 'operation' | 'variables' | 'coerced'>,
    { viewer, language, requestId }: Asker,
    { onFetch, ...stop }: Watch,
  ): Run {
    const { subgraphs, viewers, log } = this.parts
    return {
      ...asked,
      ...stop,
      subgraphs,
      headers: viewers.headers(viewer, language, requestId),
      onFetch: (service, ms, failure) => {
        onFetch?.(service, ms)
        if (failure) log.warn({ requestId, service, code: failure.code, reason: failure.reason }, 'a subgraph failed')
      },
    }
  }

  private shown({ data, errors, extensions }: ExecutionResult, asker: Asker): FormattedExecutionResult {
    return {
      ...(errors?.length && { errors: errors.map((error) => this.outward(error, asker)) }),
      ...(data !== undefined && { data }),
      ...(extensions && { extensions }),
    }
  }
}
