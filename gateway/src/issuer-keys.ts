import type { KeyObject } from 'node:crypto'
import { request } from 'undici'
import { z } from 'zod'
import { type Header, InvalidToken, publicKeyOf, type VerificationKey, verificationKey } from './jwt.js'

const timeouts = { headersTimeout: 5_000, bodyTimeout: 5_000 }
/** Keys are fetched again after this long, so that one that was withdrawn stops being taken. */
const maxAgeMs = 600_000

const discoveryShape = z.object({ issuer: z.string(), jwks_uri: z.url() })
const jwksShape = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(100) })

interface PublishedKey {
  kid: string | undefined
  alg: string | undefined
  key: KeyObject
}

/** The signing keys of an OpenID Connect issuer: found by discovery, fetched again when a token names one that is not known. */
export class IssuerKeys {
  private keys: PublishedKey[] | undefined
  private found = new Map<string, VerificationKey>()
  private fetchedAt = 0
  private fetching: Promise<void> | undefined

  /** @param cooldownMs shortest time between two fetches for unknown keys */
  constructor(
    private readonly issuer: string,
    private readonly cooldownMs: number,
  ) {}

  /** @throws InvalidToken when the issuer publishes no such key
   *  @throws Error when the issuer cannot be asked and no keys are known */
  async keyOf(header: Header): Promise<VerificationKey> {
    if (!this.keys) await this.fetch()
    else if (performance.now() - this.fetchedAt > maxAgeMs) this.fetch().catch(() => {})
    const known = this.find(header)
    if (known) return known
    if (performance.now() - this.fetchedAt < this.cooldownMs) throw new InvalidToken('unknown key')
    await this.fetch()
    const found = this.find(header)
    if (!found) throw new InvalidToken('unknown key')
    return found
  }

  private find({ kid, alg }: Header): VerificationKey | undefined {
    const name = `${alg} ${kid ?? ''}`
    const known = this.found.get(name)
    if (known) return known
    const candidates = (this.keys ?? []).filter((one) => (one.alg ?? alg) === alg && (kid === undefined || one.kid === kid))
    const fitting = candidates.flatMap(({ key }) => verificationKey(key, alg) ?? [])
    // Without a key id the token means the only key there is.
    const [key] = fitting
    if (!key || fitting.length > 1) return undefined
    this.found.set(name, key)
    return key
  }

  private fetch(): Promise<void> {
    this.fetching ??= this.load().finally(() => {
      this.fetching = undefined
    })
    return this.fetching
  }

  private async load(): Promise<void> {
    const discovery = discoveryShape.parse(await getJson(`${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
    if (discovery.issuer !== this.issuer) throw new Error(`the issuer calls itself ${discovery.issuer}`)
    const { keys } = jwksShape.parse(await getJson(discovery.jwks_uri))
    this.found = new Map()
    this.keys = keys.flatMap((jwk) => publicKeyOf(jwk) ?? [])
    this.fetchedAt = performance.now()
  }
}

async function getJson(url: string): Promise<unknown> {
  const { statusCode, body } = await request(url, timeouts)
  if (statusCode === 200) return body.json()
  await body.dump()
  throw new Error(`${url} answered ${statusCode}`)
}
