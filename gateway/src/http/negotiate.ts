/** Media types of GraphQL over HTTP. */
export const GRAPHQL_RESPONSE = 'application/graphql-response+json'
export const JSON_TYPE = 'application/json'
export type MediaType = typeof GRAPHQL_RESPONSE | typeof JSON_TYPE

/** The media type of the answer; null when the client accepts neither. JSON when it names none: older clients expect that. */
export function mediaType(accept: string | undefined): MediaType | null {
  if (!accept || accept === '*/*' || accept === JSON_TYPE) return JSON_TYPE
  if (accept === GRAPHQL_RESPONSE) return GRAPHQL_RESPONSE
  const weights = new Map<string, number>()
  for (const range of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim())
    const charset = parameters.find((p) => p.startsWith('charset='))
    if (charset && !/^charset="?utf-?8"?$/.test(charset)) continue
    const q = parameters.find((p) => p.startsWith('q='))
    weights.set(type, q ? Number(q.slice(2)) || 0 : 1)
  }
  const weight = (type: MediaType): number => weights.get(type) ?? weights.get('application/*') ?? weights.get('*/*') ?? 0
  const [graphql, json] = [weight(GRAPHQL_RESPONSE), weight(JSON_TYPE)]
  if (graphql === 0 && json === 0) return null
  // At equal weight the specification's own type is better: it allows a status other than 200.
  return graphql > json || (graphql === json && weights.has(GRAPHQL_RESPONSE)) ? GRAPHQL_RESPONSE : JSON_TYPE
}

/** Whether a body of this type is read: only JSON in UTF-8. A form on another site cannot send that. */
export function readable(contentType: string | undefined): boolean {
  if (contentType === JSON_TYPE) return true
  const [type, ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  return type === JSON_TYPE && parameters.every((p) => !p.startsWith('charset=') || /^charset="?utf-?8"?$/.test(p))
}
