import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, Logger } from '@vardgraf/process'
import type { OidcContext, Provider } from 'oidc-provider'
import { readForm, sendJson } from '../http.js'
import { endedPage, errorPage, type OAuthError } from './error-page.js'
import type { Identity } from './identities.js'
import { EidKeys } from './keys.js'
import { loginPage } from './login-page.js'
import { memoryAdapter } from './memory.js'
import { languageOfPage, pageHeaders } from './page.js'
import { createProvider } from './provider.js'
import { directToken, sessionSeconds } from './token.js'

/** Answers all paths with one prefix; the route itself reads the rest of the path. */
export type Route = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>

export interface Eid {
  issuer: string
  /** By path prefix, the longest first. */
  routes: Record<string, Route>
}

/** The test e-ID's pages and endpoints: OpenID Connect below `/eid`, and `/token`, which gives a token without a login page. */
export async function createEid(
  issuer: string,
  identities: ReadonlyMap<string, Identity>,
  clock: Clock,
  log: Logger,
): Promise<Eid> {
  const keys = await EidKeys.create()
  const adapter = memoryAdapter()
  const build = (): Provider => createProvider({ issuer, adapter, renderError, identities, keys, clock, log })
  let provider = build()

  const login: Route = async (request, response, url) => {
    const language = languageOfPage(url.searchParams.get('lang'), request.headers['accept-language'])
    const interaction = await provider.interactionDetails(request, response).catch(() => null)
    if (!interaction) return sendHtml(response, 400, endedPage(language))
    if (request.method !== 'POST') return sendHtml(response, 200, loginPage(url.pathname, identities.values(), language))
    const form = await readForm(request)
    const identity = identities.get(form.get('person') ?? '')
    if (!identity && !form.has('cancel')) return sendHtml(response, 400, endedPage(language))
    await provider.interactionFinished(
      request,
      response,
      identity ? loggedIn(identity) : { error: 'access_denied', error_description: 'the login was cancelled' },
    )
  }

  const openIdConnect: Route = async (request, response) => {
    // The provider's routes are relative to where it is mounted.
    Object.assign(request, { originalUrl: request.url, url: request.url?.slice('/eid'.length) || '/' })
    await provider.callback()(request, response)
  }

  const token: Route = async (request, response, url) => {
    if (!allowEverywhere(request, response)) return
    const identity = identities.get(url.searchParams.get('person') ?? '')
    if (!identity) return sendJson(response, 404, { error: 'no such test person', persons: [...identities.keys()] })
    sendJson(response, 200, {
      access_token: await directToken(identity, issuer, keys, clock),
      token_type: 'Bearer',
      expires_in: sessionSeconds,
    })
  }

  const persons: Route = async (request, response) => {
    if (!allowEverywhere(request, response)) return
    sendJson(response, 200, {
      persons: [...identities.values()].map(({ key, kind, name, sv, en }) => ({ key, kind, name, sv, en })),
    })
  }

  const rotate: Route = async (request, response) => {
    if (request.method !== 'POST') return sendJson(response, 405, { error: 'POST only' })
    await keys.rotate()
    provider = build()
    sendJson(response, 200, { kids: keys.jwks.keys.map((key) => key.kid) })
  }

  return {
    issuer,
    routes: { '/eid/login/': login, '/eid/rotate-keys': rotate, '/eid': openIdConnect, '/token': token, '/persons': persons },
  }
}

/** Shown when oidc-provider cannot, or must not, redirect to the client. */
function renderError(ctx: OidcContext, out: OAuthError, error: Error): void {
  ctx.set(pageHeaders)
  ctx.body = errorPage(out, error.name === 'SessionNotFound', languageOfPage(null, ctx.headers['accept-language']))
}

function loggedIn({ key, acr }: Identity): object {
  return { login: { accountId: key, remember: false, ...(acr && { acr }) } }
}

/** Any page on this machine may ask; answers a preflight itself and gives false then. */
function allowEverywhere(request: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('cache-control', 'no-store')
  if (request.method !== 'OPTIONS') return true
  response.writeHead(204, { 'access-control-allow-methods': 'GET', 'access-control-allow-headers': '*' }).end()
  return false
}

function sendHtml(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, pageHeaders).end(html)
}
