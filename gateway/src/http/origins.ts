import type { IncomingHttpHeaders, ServerResponse } from 'node:http'

/** The browser apps that may call. Other clients send no origin and are allowed: they need a token. */
export class Origins {
  private readonly allowed: ReadonlySet<string>

  constructor(list: string) {
    this.allowed = new Set(
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
  }

  allows(origin: string): boolean {
    return this.allowed.has('*') || this.allowed.has(origin)
  }

  list(): string[] {
    return [...this.allowed]
  }

  /**
   * Whether a page of another site made the browser send this request without a preflight. A GET needs this check. A POST does not:
   * a form cannot send JSON, and nothing else is read.
   */
  forged({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
    if (origin !== undefined && this.allows(origin)) return false
    if (typeof site === 'string') return site !== 'same-origin' && site !== 'none'
    return origin !== undefined && URL.parse(origin)?.host !== host
  }

  /** Headers by which a browser lets an allowed app read the answer. */
  writeHeaders(origin: string | undefined, response: ServerResponse): void {
    if (this.allowed.size === 0) return
    response.setHeader('vary', 'Origin')
    if (origin !== undefined && this.allows(origin)) response.setHeader('access-control-allow-origin', origin)
  }

  writePreflight(origin: string | undefined, response: ServerResponse): void {
    this.writeHeaders(origin, response)
    response.setHeader('access-control-allow-methods', 'GET, POST')
    response.setHeader('access-control-allow-headers', 'content-type, authorization, accept-language, x-request-id')
    response.setHeader('access-control-max-age', '7200')
    response.writeHead(204).end()
  }
}
