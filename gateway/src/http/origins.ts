import type { IncomingHttpHeaders, ServerResponse } from 'node:http'

/** Which browser apps may call. Calls that do not come from a browser name no origin and are let through: their token speaks for them. */
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
   * A page of another site made the browser send this, and no preflight asked us first. A GET needs this check; a POST does not get
   * here from a form, as only JSON is read.
   */
  forged({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
    if (origin !== undefined && this.allows(origin)) return false
    if (typeof site === 'string') return site !== 'same-origin' && site !== 'none'
    return origin !== undefined && URL.parse(origin)?.host !== host
  }

  /** Answers to what a browser asks before and after a call from another origin. */
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
