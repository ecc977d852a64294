import { createHash } from 'node:crypto'
import { type Clock, currentWork, DEADLINE_HEADER, REQUEST_ID_HEADER } from '@vardgraf/process'
import { type SigningKey, signService } from '@vardgraf/viewer'
import { LRUCache } from 'lru-cache'
import { request } from 'undici'

/** What a verified login says about a patient. */
export interface VerifiedPatient {
  /** 12 digits: a personal identity number, or a co-ordination number. */
  personalIdentityNumber: string
  /** The co-ordination number that she had before, where the e-ID tells it: by both she is the same person. */
  previousCoordinationNumber?: string | undefined
  /** The login's `acr`: a co-ordination number counts only with an e-ID's. [R28] */
  levelOfAssurance: string
  givenName?: string | undefined
  familyName?: string | undefined
}

/** Gives the id that the graph knows a patient by. */
export interface Principals {
  /** null when the login is not one of a person: the number is wrong, or has no e-ID behind it.
   *  @throws Error when it cannot be told now */
  personId(patient: VerifiedPatient): Promise<string | null>
}

const deadlineMs = 2_000

/** Asks the patients service, which registers a person it meets for the first time. */
export class RemotePrincipals implements Principals {
  // A number never gets another person; keyed by hash so that no list of identity numbers lies in memory.
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
