import { type GraphQLSchema, graphql } from 'graphql'
import type { SubgraphResponse } from '../upstream/response.js'
import type { SubgraphClient } from '../upstream/subgraphs.js'

/** Subgraphs called in this process. Their answers go through JSON, as over HTTP. */
export class LocalSubgraphs implements SubgraphClient {
  readonly sent: { service: string; body: { query: string; variables: Record<string, unknown> } }[] = []

  constructor(private readonly schemas: ReadonlyMap<string, GraphQLSchema>) {}

  async send(service: string, body: string): Promise<SubgraphResponse> {
    const request = JSON.parse(body)
    this.sent.push({ service, body: request })
    return answerOf(this.schemas, service, request)
  }
}

export async function answerOf(
  schemas: ReadonlyMap<string, GraphQLSchema>,
  service: string,
  { query, variables, operationName }: { query: string; variables?: Record<string, unknown>; operationName?: string },
): Promise<SubgraphResponse> {
  const schema = schemas.get(service)
  if (!schema) throw new Error(`no subgraph ${service}`)
  const result = await graphql({ schema, source: query, variableValues: variables ?? {}, operationName: operationName ?? null })
  return JSON.parse(JSON.stringify(result))
}
