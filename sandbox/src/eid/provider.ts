import type { Clock, Logger } from '@vardgraf/process'
import { type OidcContext, Provider } from 'oidc-provider'
import type { OAuthError } from './error-page.js'
import type { Identity } from './identities.js'
import { type EidKeys, signingAlgorithm } from './keys.js'
import { mayReturnTo } from './redirect.js'
import { accessTokenClaims, audience, sessionSeconds } from './token.js'

/** The client that anybody may use from any page on this machine or from an app: public, so PKCE is required. */
const publicClient = 'vardgraf-sandbox'
/** The graph as an OAuth resource: its access tokens are JWTs for the audience `vardgraf`. */
const resource = 'urn:vardgraf'
const graphScope = 'graph'

/** Scopes of the Swedish specification, and the claims that each asks for. */
const claimsByScope = {
  openid: ['sub'],
  profile: ['name', 'given_name', 'family_name', 'birthdate'],
  'https://id.oidc.se/scope/naturalPersonInfo': ['family_name', 'given_name', 'name', 'birthdate'],
  'https://id.oidc.se/scope/naturalPersonNumber': [
    'https://id.oidc.se/claim/personalIdentityNumber',
    'https://id.oidc.se/claim/coordinationNumber',
  ],
  /** Staff's assignment, as Inera's identity provider names it. */
  commission: ['employeeHsaId', 'healthCareUnitHsaId', 'healthCareUnitName', 'role'],
}

type Wiring = {
  issuer: string
  adapter: object
  renderError: (ctx: OidcContext, out: OAuthError, error: Error) => void
  identities: ReadonlyMap<string, Identity>
  keys: EidKeys
  clock: Clock
  log: Logger
}

/**
 * The test e-ID: a real OpenID Connect provider with authorization code and PKCE. Its own sessions and codes live in memory and in
 * real time; the times in an access token follow the sandbox's clock.
 */
export function createProvider({ issuer, adapter, renderError, identities, keys, clock, log }: Wiring): Provider {
  const provider = new Provider(issuer, {
    adapter,
    renderError,
    jwks: keys.jwks,
    clients: [
      {
        client_id: publicClient,
        client_name: 'Vårdgraf sandbox',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://localhost/'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: signingAlgorithm,
      },
    ],
    // Discovery lists only what the client can do.
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    enabledJWA: { idTokenSigningAlgValues: [signingAlgorithm] },
    scopes: ['openid', graphScope],
    claims: claimsByScope,
    acrValues: ['http://id.elegnamnden.se/loa/1.0/loa3'],
    pkce: { required: () => true },
    cookies: {
      keys: [crypto.randomUUID()],
      names: { session: 'eid_session', interaction: 'eid_interaction', resume: 'eid_resume' },
    },
    ttl: {
      AccessToken: sessionSeconds,
      IdToken: sessionSeconds,
      Interaction: 3_600,
      Session: sessionSeconds,
      Grant: sessionSeconds,
    },
    clientBasedCORS: () => true,
    conformIdTokenClaims: false,
    interactions: { url: (_ctx: OidcContext, interaction: { uid: string }) => `/eid/login/${interaction.uid}` },
    findAccount: (_ctx: OidcContext, key: string) => {
      const identity = identities.get(key)
      return identity && { accountId: key, claims: () => ({ sub: key, ...identity.claims }) }
    },
    loadExistingGrant: grantEverything,
    formats: { customizers: { jwt: followClock } },
    features: {
      devInteractions: { enabled: false },
      // The access token is for the graph, not for a userinfo endpoint: the claims are in the ID token.
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: graphScope,
          audience,
          accessTokenTTL: sessionSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: signingAlgorithm } },
        }),
      },
    },
  })

  function followClock(_ctx: OidcContext, token: { accountId: string }, jwt: { payload: Record<string, unknown> }): void {
    const identity = identities.get(token.accountId)
    if (identity) Object.assign(jwt.payload, accessTokenClaims(identity, clock.now()))
  }

  provider.Client.prototype.redirectUriAllowed = mayReturnTo
  provider.Client.prototype.postLogoutRedirectUriAllowed = mayReturnTo
  provider.on('server_error', (_ctx: never, error: never) => log.error({ err: error }, 'the e-ID failed'))
  return provider
}

/** There is no consent page: choosing a person on the login page is the consent. */
async function grantEverything(ctx: OidcContext) {
  const { provider, client, session } = ctx.oidc
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
  grant.addOIDCScope([...Object.keys(claimsByScope), graphScope].join(' '))
  grant.addResourceScope(resource, graphScope)
  await grant.save()
  return grant
}
