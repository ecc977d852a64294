import type { Language } from '@vardgraf/errors'
import { type Clock, REQUEST_ID_HEADER } from '@vardgraf/process'
import { type SigningKey, signViewer, VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'

/** How long a signature is used. The rest of its life (10 s) covers the wait for a connection to the subgraph. */
const SERVES_MS = 5_000

/** Headers of a request to one subgraph, as undici's flat list. */
export type HeadersFor = (subgraph: string) => string[]

/** Tells subgraphs who asks, in a signed header. Without a key, for a foreign supergraph, it sends no viewer. */
export class ViewerHeaders {
  /** By viewer and subgraph. A viewer is one object for as long as her login is cached. */
  private readonly signatures = new WeakMap<Viewer, Map<string, { token: string; at: number }>>()

  constructor(
    private readonly key: SigningKey | null,
    private readonly clock: Clock,
  ) {}

  /** Headers for the requests to subgraphs that one client request causes. */
  headers(viewer: Viewer, language: Language, requestId: string): HeadersFor {
    const headers = [
      'content-type',
      'application/json',
      'accept',
      'application/json',
      'accept-language',
      language,
      REQUEST_ID_HEADER,
      requestId,
    ]
    return (subgraph) => {
      const signed = this.sign(viewer, subgraph)
      return signed ? [...headers, VIEWER_HEADER, signed] : headers
    }
  }

  /** The same for one operation on a socket to a subgraph, sent in `extensions`. */
  extensions(viewer: Viewer, subgraph: string, language: Language, requestId: string): Record<string, string> {
    const signed = this.sign(viewer, subgraph)
    return { ...(signed && { [VIEWER_HEADER]: signed }), 'accept-language': language, [REQUEST_ID_HEADER]: requestId }
  }

  /** Signed once for a viewer and a subgraph, and again when the signature is too old or the clock was moved. */
  private sign(viewer: Viewer, subgraph: string): string | null {
    if (!this.key) return null
    const now = this.clock.now()
    let signatures = this.signatures.get(viewer)
    if (!signatures) {
      signatures = new Map()
      this.signatures.set(viewer, signatures)
    }
    const known = signatures.get(subgraph)
    if (known && known.at <= now.getTime() && now.getTime() < known.at + SERVES_MS) return known.token
    const token = signViewer(viewer, subgraph, this.key, now)
    signatures.set(subgraph, { token, at: now.getTime() })
    return token
  }
}

/** Swedish unless the client prefers English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (!acceptLanguage) return 'sv'
  let best: Language = 'sv'
  let bestWeight = 0
  for (const part of acceptLanguage.slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const language = tag.split('-')[0]
    const q = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='))
    const weight = q ? Number(q.slice(2)) : 1
    if ((language === 'sv' || language === 'en') && weight > bestWeight) {
      best = language
      bestWeight = weight
    }
  }
  return best
}
