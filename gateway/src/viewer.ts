import type { Language } from '@vardgraf/errors'
import { type Clock, REQUEST_ID_HEADER } from '@vardgraf/process'
import { type SigningKey, signViewer, VIEWER_HEADER, type Viewer } from '@vardgraf/viewer'

/** Tells subgraphs who asks. Without a key, over somebody else's supergraph, nothing is said. */
export class ViewerHeaders {
  constructor(
    private readonly key: SigningKey | null,
    private readonly clock: Clock,
  ) {}

  /** Headers for every request to a subgraph that one request of a client causes, as undici's flat list; the viewer is signed once. */
  async headers(viewer: Viewer, language: Language, requestId: string): Promise<string[]> {
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
    const signed = await this.sign(viewer)
    if (signed) headers.push(VIEWER_HEADER, signed)
    return headers
  }

  /** The same for one operation on a socket to a subgraph: travels in `extensions`. */
  async extensions(viewer: Viewer, language: Language, requestId: string): Promise<Record<string, string>> {
    const signed = await this.sign(viewer)
    return { ...(signed && { [VIEWER_HEADER]: signed }), 'accept-language': language, [REQUEST_ID_HEADER]: requestId }
  }

  private async sign(viewer: Viewer): Promise<string | null> {
    return this.key ? signViewer(viewer, this.key, this.clock.now()) : null
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
