import { createHash, type KeyObject } from 'node:crypto'
import { type PublishedKey, type VerificationKey, verificationKey } from './algorithms.js'
import { publishedKeys } from './discovery.js'
import { type Header, InvalidToken } from './jwt.js'

/** After a failure the issuer is asked again this soon, if not sooner. */
const longestRetryMs = 5_000

export interface KeySettings {
  issuer: string
  /** Shortest time between two fetches for a key id that is not known, and after a failure. */
  cooldownMs: number
  /** How often the keys are fetched, whoever asks or not: a key that was withdrawn is taken for this much longer at the most. */
  refreshMs: number
  /** How long keys are believed while the issuer cannot be asked. */
  staleMs: number
}

/** A key that the issuer published, as a token named it. */
export interface IssuerKey extends VerificationKey {
  header: Header
  /** Of the key itself: an id that is given to another key ends the tokens of the first. */
  fingerprint: string
  /** The last key set in which it was found. */
  generation: number
}

/** `UNKNOWN`: the issuer has not been heard of for too long. */
export type KeyStanding = 'PUBLISHED' | 'WITHDRAWN' | 'UNKNOWN'

/**
 * The signing keys of an OpenID Connect issuer, found by discovery. They are fetched on a timer, so that a key that is withdrawn ends
 * its tokens also when all of them are remembered; and at once when a token names a key that is not known.
 */
export class IssuerKeys {
  private keys: PublishedKey[] | undefined
  private found = new Map<string, IssuerKey>()
  private generation = 0
  private fetchedAt = Number.NEGATIVE_INFINITY
  private failedAt = Number.NEGATIVE_INFINITY
  private fetching: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private stopped = false

  constructor(private readonly settings: KeySettings) {}

  /** Fetches the keys now and keeps them fresh. */
  start(): void {
    this.fetch().catch(() => {})
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
  }

  /** Whether what is known may be relied on: fetched, and not too long ago. */
  get known(): boolean {
    return performance.now() - this.fetchedAt <= this.settings.staleMs
  }

  /** @throws InvalidToken when the issuer publishes no such key
   *  @throws Error when the issuer cannot be asked and what is known is too old */
  async keyOf(header: Header): Promise<IssuerKey> {
    if (!this.known) await this.fetchUnlessJustFailed()
    const known = this.find(header)
    if (known) return known
    if (performance.now() - this.fetchedAt < this.settings.cooldownMs) throw new InvalidToken('unknown key')
    await this.fetchUnlessJustFailed()
    const found = this.find(header)
    if (!found) throw new InvalidToken('unknown key')
    return found
  }

  /** What has become of a key since it verified a token. Costs a comparison as long as no new keys came. */
  standing(key: IssuerKey): KeyStanding {
    if (!this.known) return 'UNKNOWN'
    if (key.generation === this.generation) return 'PUBLISHED'
    if (this.find(key.header)?.fingerprint !== key.fingerprint) return 'WITHDRAWN'
    key.generation = this.generation
    return 'PUBLISHED'
  }

  private find(header: Header): IssuerKey | undefined {
    const { kid, alg } = header
    const name = `${alg} ${kid ?? ''}`
    const known = this.found.get(name)
    if (known) return known
    const candidates = (this.keys ?? []).filter((one) => (one.alg ?? alg) === alg && (kid === undefined || one.kid === kid))
    const fitting = candidates.flatMap(({ key }) => verificationKey(key, alg) ?? [])
    // Without a key id the token means the only key there is.
    const [key] = fitting
    if (!key || fitting.length > 1) return undefined
    const found = { ...key, header, fingerprint: fingerprintOf(key.key), generation: this.generation }
    this.found.set(name, found)
    return found
  }

  private fetchUnlessJustFailed(): Promise<void> {
    const resting = performance.now() - this.failedAt < Math.min(this.settings.cooldownMs, longestRetryMs)
    return resting && !this.fetching ? Promise.reject(new Error('the issuer did not answer a moment ago')) : this.fetch()
  }

  private fetch(): Promise<void> {
    this.fetching ??= this.load().then(
      () => this.again(this.settings.refreshMs),
      (error: unknown) => {
        this.failedAt = performance.now()
        this.again(Math.min(this.settings.refreshMs, longestRetryMs))
        throw error
      },
    )
    return this.fetching
  }

  private again(inMs: number): void {
    this.fetching = undefined
    clearTimeout(this.timer)
    if (this.stopped) return
    this.timer = setTimeout(() => this.start(), inMs)
    this.timer.unref()
  }

  private async load(): Promise<void> {
    const keys = await publishedKeys(this.settings.issuer)
    this.found = new Map()
    this.keys = keys
    this.generation += 1
    this.fetchedAt = performance.now()
  }
}

const fingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('base64')
