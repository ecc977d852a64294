import type { IncomingMessage } from 'node:http'
import { GraphQLError } from 'graphql'
import type { OperationRequest } from '../pipeline.js'

/** The request is not valid GraphQL over HTTP; `status` is the HTTP status of the answer. */
export class BadRequest extends Error {
  constructor(
    readonly status: number,
    readonly error: GraphQLError,
  ) {
    super(error.message)
  }
}

/** @param message what is wrong, in English: a developer reads it */
export const bad = (message: string, status = 400): BadRequest =>
  new BadRequest(status, new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } }))

/** @throws BadRequest when the body is larger than `maxBytes` or incomplete. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge(maxBytes))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxBytes) reject(tooLarge(maxBytes))
      else chunks.push(chunk)
    })
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] ? chunks[0].toString('utf8') : Buffer.concat(chunks).toString('utf8')),
    )
    request.on('error', reject)
    request.on('close', () => {
      if (!request.complete) reject(bad('The body broke off.'))
    })
  })
}

function tooLarge(max: number): BadRequest {
  return new BadRequest(413, new GraphQLError('', { extensions: { code: 'OPERATION_TOO_LARGE', limit: 'bodyBytes', max } }))
}

/** The parameters of a POST.
 *  @throws BadRequest */
export function bodyParameters(text: string): OperationRequest {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw bad('The body is not valid JSON.')
  }
  if (Array.isArray(body)) throw bad('Batches are not accepted: send one operation a request.')
  if (!isMap(body)) throw bad('The body is not a JSON object.')
  const { query, operationName, variables, extensions } = body
  return checked(query, operationName, variables, extensions)
}

/** The parameters of a GET.
 *  @throws BadRequest */
export function urlParameters(search: URLSearchParams): OperationRequest {
  for (const name of ['query', 'operationName', 'variables', 'extensions'])
    if (search.getAll(name).length > 1) throw bad(`The parameter ${name} is given twice.`)
  return checked(
    search.get('query') ?? undefined,
    search.get('operationName') ?? undefined,
    json(search, 'variables'),
    json(search, 'extensions'),
  )
}

function json(search: URLSearchParams, name: string): unknown {
  const text = search.get(name)
  if (text === null || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw bad(`The parameter ${name} is not valid JSON.`)
  }
}

function checked(query: unknown, operationName: unknown, variables: unknown, extensions: unknown): OperationRequest {
  if (typeof query !== 'string' || query === '') throw bad('The parameter query must be a non-empty string.')
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw bad('The parameter operationName must be a string.')
  if (variables !== undefined && variables !== null && !isMap(variables)) throw bad('The parameter variables must be a map.')
  if (extensions !== undefined && extensions !== null && !isMap(extensions)) throw bad('The parameter extensions must be a map.')
  return { query, operationName: operationName || undefined, variables: variables ?? {} }
}

/** The parameters behind the `?` of a request's address. */
export function searchOf({ url = '' }: IncomingMessage): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
