import type { IncomingMessage, ServerResponse } from 'node:http'
import { GraphError, type Language } from '@vardgraf/errors'
import { inWork, type Logger, REQUEST_ID_HEADER, requestIdOf } from '@vardgraf/process'
import type { Viewer } from '@vardgraf/viewer'
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError, OperationTypeNode } from 'graphql'
import { type ErrorPolicy, outward, statusOf } from '../errors.js'
import { type Authenticator, LoginUnavailable } from '../login/authenticate.js'
import { languageOf } from '../login/viewer.js'
import { type PreparedOperation, Refused } from '../plan/operations.js'
import type { SubgraphFailure } from '../upstream/subgraphs.js'
import { GRAPHQL_RESPONSE, JSON_TYPE, type MediaType, mediaType, readable } from './negotiate.js'
import type { Origins } from './origins.js'
import { BadRequest, bodyParameters, type Parameters, readBody, urlParameters } from './parameters.js'

/** One request of a client while it is served. */
export interface Exchange {
  requestId: string
  language: Language
  viewer: Viewer
  parameters: Parameters
  operation: PreparedOperation
  /** Whether the client went away; never true of a mutation, which is carried through. */
  gone: () => boolean
  onFetch: (service: string, ms: number, failure: SubgraphFailure | null) => void
}

export interface EndpointParts {
  authenticator: Authenticator
  prepare(query: string, operationName: string | undefined): Promise<PreparedOperation>
  /** Runs the operation; errors as they arose.
   *  @throws Refused when the variables do not fit */
  run(exchange: Exchange): Promise<{ data?: unknown; errors?: readonly GraphQLError[]; extensions?: Record<string, unknown> }>
  origins: Origins
  policy: ErrorPolicy
  maxBodyBytes: number
  log: Logger
}

interface Trace {
  requestId: string
  language: Language
  started: number
  viewer?: Viewer
  operation?: PreparedOperation
  fetches: Record<string, { count: number; ms: number }>
}

/** GraphQL over HTTP: from the request's bytes to the answer's, with one line in the log. */
export class GraphqlEndpoint {
  constructor(private readonly parts: EndpointParts) {}

  handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = requestIdOf(request.headers[REQUEST_ID_HEADER])
    return inWork({ requestId }, () => this.serve(request, response, requestId))
  }

  private async serve(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const { origins } = this.parts
    const { headers, method } = request
    if (method === 'OPTIONS') return origins.writePreflight(headers.origin, response)
    origins.writeHeaders(headers.origin, response)
    const trace: Trace = {
      requestId,
      language: languageOf(headers['accept-language']),
      started: performance.now(),
      fetches: {},
    }
    const type = mediaType(headers.accept)
    try {
      if (type === null) throw bad('Accept application/graphql-response+json or application/json.', 406)
      const result = await this.answer(request, response, trace)
      this.send(response, 200, type, result, trace)
    } catch (error) {
      if (response.headersSent || response.destroyed) return
      this.refuse(response, type ?? JSON_TYPE, error, trace)
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse, trace: Trace): Promise<FormattedExecutionResult> {
    const { parts } = this
    const { method, headers } = request
    if (method !== 'POST' && method !== 'GET') throw bad('Use GET or POST.', 405)
    if (method === 'POST' && !readable(headers['content-type'])) throw bad('The body must be application/json in UTF-8.', 415)
    if (method === 'GET' && parts.origins.forged(headers)) throw bad('A call from another site needs a preflight: use POST.', 403)
    trace.viewer = (await parts.authenticator.login(headers.authorization)).viewer
    const parameters =
      method === 'POST' ? bodyParameters(await readBody(request, parts.maxBodyBytes)) : urlParameters(searchOf(request))
    const operation = await parts.prepare(parameters.query, parameters.operationName)
    trace.operation = operation
    if (operation.kind === OperationTypeNode.SUBSCRIPTION)
      throw bad('Subscriptions go over WebSocket, protocol graphql-transport-ws.')
    if (method === 'GET' && operation.kind !== OperationTypeNode.QUERY) throw bad('GET is for queries only.', 405)
    const { requestId, language, viewer } = trace
    const { data, errors, extensions } = await parts.run({
      requestId,
      language,
      viewer,
      parameters,
      operation,
      gone: () => response.destroyed && operation.kind === OperationTypeNode.QUERY,
      onFetch: (service, ms, failure) => this.fetched(trace, service, ms, failure),
    })
    return {
      ...(errors?.length && { errors: errors.map((error) => this.outward(error, trace)) }),
      ...(data !== undefined && { data: data as Record<string, unknown> | null }),
      ...(extensions && { extensions }),
    }
  }

  private refuse(response: ServerResponse, type: MediaType, error: unknown, trace: Trace): void {
    const { status, errors, retryAfter } = this.refusal(error, trace)
    const formatted = errors.map((e) => this.outward(e, trace))
    const [first] = formatted
    const wanted = status ?? (first ? statusOf(first) : 400)
    if (wanted === 405) response.setHeader('allow', 'GET, POST')
    if (wanted === 401) response.setHeader('www-authenticate', 'Bearer')
    if (retryAfter) response.setHeader('retry-after', '2')
    // A document or variables that do not fit are an answer to clients from before the specification's media type.
    const legacy = type === JSON_TYPE && error instanceof Refused
    this.send(response, legacy ? 200 : wanted, type, { errors: formatted }, trace)
  }

  private refusal(error: unknown, trace: Trace): { status?: number; errors: readonly GraphQLError[]; retryAfter?: boolean } {
    if (error instanceof BadRequest) return { status: error.status, errors: [error.error] }
    if (error instanceof Refused) return { errors: error.errors }
    if (error instanceof GraphError) return { errors: [new GraphError(error.code, {}, trace.language)] }
    const { requestId } = trace
    if (error instanceof LoginUnavailable) {
      this.parts.log.error({ requestId, err: error }, 'a login cannot be checked')
      return { status: 503, errors: [new GraphQLError('', { extensions: { code: 'LOGIN_UNAVAILABLE' } })], retryAfter: true }
    }
    this.parts.log.error({ requestId, err: error }, 'a request failed')
    return { status: 500, errors: [new GraphQLError('', { extensions: { code: 'INTERNAL' } })] }
  }

  private outward(error: GraphQLError, { language, requestId }: Trace): GraphQLFormattedError {
    return outward(error, { language, requestId, policy: this.parts.policy, log: this.parts.log })
  }

  private fetched(trace: Trace, service: string, ms: number, failure: SubgraphFailure | null): void {
    trace.fetches[service] ??= { count: 0, ms: 0 }
    const sum = trace.fetches[service]
    sum.count += 1
    sum.ms = Math.round(sum.ms + ms)
    if (failure)
      this.parts.log.warn(
        { requestId: trace.requestId, service, code: failure.code, reason: failure.reason },
        'a subgraph failed',
      )
  }

  private send(response: ServerResponse, status: number, type: MediaType, result: FormattedExecutionResult, trace: Trace): void {
    const text = JSON.stringify(result)
    response.writeHead(status, {
      'content-type':
        type === GRAPHQL_RESPONSE ? 'application/graphql-response+json; charset=utf-8' : 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      [REQUEST_ID_HEADER]: trace.requestId,
    })
    response.end(text)
    this.access(status, result, trace)
  }

  /** Never variables, never the document: they can hold what a patient wrote. */
  private access(
    status: number,
    result: FormattedExecutionResult,
    { requestId, operation, viewer, started, fetches }: Trace,
  ): void {
    this.parts.log.info(
      {
        requestId,
        status,
        ms: Math.round((performance.now() - started) * 10) / 10,
        ...(operation && { kind: operation.kind, operation: operation.name, hash: operation.hash.slice(0, 16) }),
        ...(viewer && { viewer: viewerOf(viewer) }),
        ...(result.errors && { codes: result.errors.slice(0, 10).map((error) => error.extensions?.code) }),
        fetches,
      },
      'request',
    )
  }
}

const bad = (message: string, status = 400): BadRequest =>
  new BadRequest(status, new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } }))

function searchOf({ url = '' }: IncomingMessage): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
}

function viewerOf(viewer: Viewer): Record<string, string> {
  if (viewer.kind === 'PATIENT') return { kind: viewer.kind, id: viewer.personId }
  return viewer.kind === 'STAFF' ? { kind: viewer.kind, id: viewer.staffId, unit: viewer.unitId } : { kind: viewer.kind }
}
