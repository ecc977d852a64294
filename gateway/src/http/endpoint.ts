import type { IncomingMessage, ServerResponse } from 'node:http'
import { inWork, type Logger, REQUEST_ID_HEADER, requestIdOf } from '@vardgraf/process'
import { type FormattedExecutionResult, type GraphQLFormattedError, OperationTypeNode } from 'graphql'
import { statusOf } from '../errors.js'
import { languageOf } from '../login/viewer.js'
import type { Pipeline } from '../pipeline.js'
import { Refused } from '../plan/refused.js'
import { GRAPHQL_RESPONSE, JSON_TYPE, type MediaType, mediaType, readable } from './negotiate.js'
import type { Origins } from './origins.js'
import { BadRequest, bad, bodyParameters, readBody, searchOf, urlParameters } from './parameters.js'
import { Trace } from './trace.js'

export interface EndpointParts {
  pipeline: Pipeline
  origins: Origins
  maxBodyBytes: number
  log: Logger
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
    const trace = new Trace(requestId, languageOf(headers['accept-language']))
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
    const { pipeline, origins, maxBodyBytes } = this.parts
    const { method, headers } = request
    const { requestId, language } = trace
    if (method !== 'POST' && method !== 'GET') throw bad('Use GET or POST.', 405)
    if (method === 'POST' && !readable(headers['content-type'])) throw bad('The body must be application/json in UTF-8.', 415)
    if (method === 'GET' && origins.forged(headers)) throw bad('A call from another site needs a preflight: use POST.', 403)
    const { viewer } = await pipeline.login(headers.authorization, language)
    trace.viewer = viewer
    const parameters =
      method === 'POST' ? bodyParameters(await readBody(request, maxBodyBytes)) : urlParameters(searchOf(request))
    const operation = await pipeline.prepare(parameters)
    trace.operation = operation
    if (operation.kind === OperationTypeNode.SUBSCRIPTION)
      throw bad('Subscriptions go over WebSocket, protocol graphql-transport-ws.')
    const isQuery = operation.kind === OperationTypeNode.QUERY
    if (method === 'GET' && !isQuery) throw bad('GET is for queries only.', 405)
    return pipeline.run(
      operation,
      parameters.variables,
      { viewer, language, requestId },
      {
        // A mutation is finished, also when its client has left.
        gone: () => isQuery && response.destroyed,
        onFetch: (service, ms) => trace.fetched(service, ms),
      },
    )
  }

  private refuse(response: ServerResponse, type: MediaType, error: unknown, trace: Trace): void {
    const { status, errors } = this.refusal(error, trace)
    if (status === 405) response.setHeader('allow', 'GET, POST')
    if (status === 401) response.setHeader('www-authenticate', 'Bearer')
    if (status === 503) response.setHeader('retry-after', '2')
    // Clients that accept plain JSON expect status 200 for an invalid document or invalid variables.
    const legacy = type === JSON_TYPE && error instanceof Refused
    this.send(response, legacy ? 200 : status, type, { errors }, trace)
  }

  private refusal(error: unknown, trace: Trace): { status: number; errors: readonly GraphQLFormattedError[] } {
    const { pipeline } = this.parts
    if (error instanceof BadRequest) return { status: error.status, errors: [pipeline.outward(error.error, trace)] }
    const errors = pipeline.errorsOf(error, trace)
    const [first] = errors
    return { status: first ? statusOf(first) : 400, errors }
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
    this.parts.log.info(trace.line(status, result), 'request')
  }
}
