import { createHash } from 'node:crypto'
import { type Clock, currentWork, DEADLINE_HEADER, REQUEST_ID_HEADER } from '@vardgraf/process'
import { type SigningKey, signService } from '@vardgraf/viewer'
import { LRUCache } from 'lru-cache'
import { request } from 'undici'

/** What a verified login says about a patient. */
export interface VerifiedPatient {
  /** 12 digits: a personal identity number, or a co-ordination number. */
  personalIdentityNumber: string
  /** The patient's former co-ordination number, where the e-ID states it. Both numbers lead to the same person. */
  previousCoordinationNumber?: string | undefined
  /** The login's `acr`. A co-ordination number is accepted only with the level of an e-ID. [R28] */
  levelOfAssurance: string
  givenName?: string | undefined
  familyName?: string | undefined
}

/** Finds a patient's id in the graph. */
export interface Principals {
  /** null when the login does not belong to a person: the number is wrong, or no e-ID proves it.
   *  @throws Error when the patients service does not answer */
  personId(patient: VerifiedPatient): Promise<string | null>
}

const deadlineMs = 2_000

/** Asks the patients service, which registers a person at the first login. */
export class RemotePrincipals implements Principals {
  // A number never moves to another person. Keyed by hash, so that memory holds no list of identity numbers.
  private readonly known = new LRUCache<string, string>({ max: 50_000, ttl: 3_600_000 })

  constructor(
    private readonly patientsUrl: string,
    private readonly key: SigningKey,
    private readonly clock: Clock,
  ) {}

  /** @throws Error when the patients service does not answer. */
  async personId(patient: VerifiedPatient): Promise<string | null> {
    const hash = createHash('sha256').update(JSON.stringify(patient)).digest('base64')
    const known = this.known.get(hash)
    if (known) return known
    const token = await signService('patients', this.key, this.clock.now())
    const work = currentWork()
    const { statusCode, body } = await request(new URL('/internal/principals', this.patientsUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        [DEADLINE_HEADER]: String(deadlineMs),
        ...(work && { [REQUEST_ID_HEADER]: work.requestId }),
      },
      body: JSON.stringify(patient),
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
    })
    const answer = (await body.json()) as { personId?: unknown }
    if (statusCode === 400) return null
    if (statusCode !== 200 || typeof answer.personId !== 'string') throw new Error(`the patients service answered ${statusCode}`)
    this.known.set(hash, answer.personId)
    return answer.personId
  }
}
