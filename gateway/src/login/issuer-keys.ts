import { createHash, type KeyObject } from 'node:crypto'
import { type PublishedKey, type VerificationKey, verificationKey } from './algorithms.js'
import { publishedKeys } from './discovery.js'
import { type Header, InvalidToken } from './jwt.js'

/** Longest time until the issuer is asked again after a failure. */
const longestRetryMs = 5_000

export interface KeySettings {
  issuer: string
  /** Shortest time between two fetches for a key id that is not known, and after a failure. */
  cooldownMs: number
  /** How often the keys are fetched, also when no request needs them. A withdrawn key is accepted for at most this long. */
  refreshMs: number
  /** How long the last fetched keys are used while the issuer does not answer. */
  staleMs: number
}

/** A key that the issuer published, as a token named it. */
export interface IssuerKey extends VerificationKey {
  header: Header
  /** Hash of the key itself. When the issuer gives the key's id to another key, tokens of the first key end. */
  fingerprint: string
  /** The last key set in which it was found. */
  generation: number
}

/** `UNKNOWN`: the last key set is too old. */
export type KeyStanding = 'PUBLISHED' | 'WITHDRAWN' | 'UNKNOWN'

/**
 * The signing keys of an OpenID Connect issuer, found by discovery. They are fetched on a timer, so that the tokens of a withdrawn key
 * end also when every one of them is cached. When a token names an unknown key they are fetched at once.
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

  /** Fetches the keys now, and again on a timer. */
  start(): void {
    this.fetch().catch(() => {})
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
  }

  /** Whether there are keys, fetched recently enough to be used. */
  get known(): boolean {
    return performance.now() - this.fetchedAt <= this.settings.staleMs
  }

  /** @throws InvalidToken when the issuer publishes no such key
   *  @throws Error when the issuer does not answer and the known keys are too old */
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

  /** Whether a key that verified a token is still published. One comparison as long as no new key set has come. */
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
    // A token without a key id is verified by the only key; with several it is refused.
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
