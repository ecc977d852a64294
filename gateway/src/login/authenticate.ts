import { createHash } from 'node:crypto'
import { GraphError } from '@vardgraf/errors'
import type { Clock } from '@vardgraf/process'
import type { Viewer } from '@vardgraf/viewer'
import { LRUCache } from 'lru-cache'
import { claimedBy } from './claims.js'
import { type IssuerKey, IssuerKeys, type KeySettings } from './issuer-keys.js'
import { type Claims, type Header, InvalidToken, parseToken, verifiedClaims } from './jwt.js'
import type { Principals, VerifiedPatient } from './principals.js'

/** `ENDED`: the token expired, or its key was withdrawn. `UNKNOWN`: the issuer's keys are too old to tell. */
export type LoginStanding = 'GOOD' | 'ENDED' | 'UNKNOWN'

/** Who asks, and whether the login is still valid. */
export interface Login {
  viewer: Viewer
  /** Asked during a long login, such as a socket's; cheap enough for every event. */
  standing(now: Date): LoginStanding
}

/** Finds out who sent a request. */
export interface Authenticator {
  /** ANONYMOUS without a token. An invalid token is refused, never treated as anonymous.
   *  @throws GraphError UNAUTHENTICATED when the token is not valid
   *  @throws LoginUnavailable when the issuer or the patients service does not answer */
  login(authorization: string | undefined): Promise<Login>
  /** Whether logins can be checked now: the issuer's keys were fetched recently enough. */
  ready(): boolean
  stop(): void
}

const anonymous: Login = { viewer: { kind: 'ANONYMOUS' }, standing: () => 'GOOD' }

/** For a foreign supergraph: every viewer is anonymous, and tokens are not looked at. */
export const noLogin: Authenticator = { login: async () => anonymous, ready: () => true, stop: () => {} }

/** The issuer or the patients service did not answer, so the login cannot be checked. */
export class LoginUnavailable extends Error {}

export interface IssuerSettings extends KeySettings {
  audience: string
  /** Longest time from when a token was issued until it expires; a token with a longer life is refused. */
  maxTokenSeconds: number
}

const skewSeconds = 30
const maxTokenLength = 8_192

/** A verified token, and the key that verified it. */
interface Known extends Login {
  /** In epoch seconds. */
  expiresAt: number
  key: IssuerKey
}

/** Verifies access tokens of one OpenID Connect issuer. */
export class OidcAuthenticator implements Authenticator {
  private readonly verified = new LRUCache<string, Known>({ max: 10_000 })
  private readonly keys: IssuerKeys

  constructor(
    private readonly settings: IssuerSettings,
    private readonly clock: Clock,
    /** null: the token's subject is the person's id. */
    private readonly principals: Principals | null,
  ) {
    this.keys = new IssuerKeys(settings)
    this.keys.start()
  }

  ready(): boolean {
    return this.keys.known
  }

  stop(): void {
    this.keys.stop()
  }

  async login(authorization: string | undefined): Promise<Login> {
    if (authorization === undefined) return anonymous
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1]
    if (!token || token.length > maxTokenLength) throw new GraphError('UNAUTHENTICATED')
    // Cached by hash: a dump of the memory gives away no token.
    const hash = createHash('sha256').update(token).digest('base64')
    const known = this.verified.get(hash)
    const now = this.clock.now()
    if (known && this.usable(known, now)) return known
    const { claims, key } = await this.verify(token, now)
    const { viewer, expiresAt } = await this.viewerOf(claims)
    const login: Known = { viewer, expiresAt, key, standing: (at) => this.standing(login, at) }
    this.verified.set(hash, login)
    return login
  }

  /** Whether a cached token is still valid, and the issuer's keys are fresh enough to tell. */
  private usable({ expiresAt, key }: Known, now: Date): boolean {
    return expiresAt + skewSeconds > now.getTime() / 1000 && this.keys.standing(key) === 'PUBLISHED'
  }

  private standing({ expiresAt, key }: Known, now: Date): LoginStanding {
    if (now.getTime() >= expiresAt * 1000) return 'ENDED'
    const standing = this.keys.standing(key)
    if (standing === 'PUBLISHED') return 'GOOD'
    return standing === 'WITHDRAWN' ? 'ENDED' : 'UNKNOWN'
  }

  private async verify(token: string, now: Date): Promise<{ claims: Claims; key: IssuerKey }> {
    const { issuer, audience, maxTokenSeconds: maxSeconds } = this.settings
    try {
      const parts = parseToken(token)
      const key = await this.issuerKey(parts.header)
      return { claims: verifiedClaims(parts, key, now, { issuer, audience, skewSeconds, maxSeconds }), key }
    } catch (error) {
      throw error instanceof InvalidToken ? new GraphError('UNAUTHENTICATED') : error
    }
  }

  private async issuerKey(header: Header): Promise<IssuerKey> {
    try {
      return await this.keys.keyOf(header)
    } catch (error) {
      if (error instanceof InvalidToken) throw error
      throw new LoginUnavailable(`the issuer ${this.settings.issuer} cannot be asked`, { cause: error })
    }
  }

  private async viewerOf(payload: Claims): Promise<{ viewer: Viewer; expiresAt: number }> {
    const claimed = claimedBy(payload)
    if (!claimed) throw new GraphError('UNAUTHENTICATED')
    const { expiresAt } = claimed
    if (claimed.kind === 'STAFF') {
      const { kind, staffId, unitId, role } = claimed
      return { viewer: { kind, staffId, unitId, role, sessionExpiresAt: expiresAt }, expiresAt }
    }
    const personId = this.principals ? await this.ask(this.principals, claimed.patient) : payload.sub
    if (!personId) throw new GraphError('UNAUTHENTICATED')
    return { viewer: { kind: 'PATIENT', personId, sessionExpiresAt: expiresAt }, expiresAt }
  }

  private async ask(principals: Principals, patient: VerifiedPatient): Promise<string | null> {
    try {
      return await principals.personId(patient)
    } catch (error) {
      throw new LoginUnavailable('the patients service cannot be asked', { cause: error })
    }
  }
}
