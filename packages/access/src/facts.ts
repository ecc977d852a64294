import type { SubgraphName } from '@vardgraf/manifest'

export type Region = string

export interface PersonFact {
  id: string
  /** `YYYY-MM-DD` */
  birthDate: string
  protectedIdentity: boolean
  /** HSA-id of the health centre where she is listed. */
  listedUnitId: string | null
  /** Whose policy applies to her; null until the register has told. */
  region: Region | null
}
export interface UnitFact {
  hsaId: string
  name: string
  kind: 'HEALTH_CENTRE' | 'NURSE_LINE_1177' | 'YOUTH_CLINIC' | 'CHILD_HEALTH'
  region: Region
  selfBooking: boolean
}
export interface CareCaseFact {
  id: string
  patientId: string
  /** HSA-id of the unit whose staff may see it now: it handles the case, or did until lately; null where there is none. [A1] */
  unitId: string | null
  /** HSA-id of the unit where it was started: visits are booked there. [R36] */
  startedAtUnitId: string
  status: string
  /** A case in which messages may be sent and visits booked. */
  ongoing: boolean
}
export interface VisitFact {
  id: string
  patientId: string
  unitId: string
  /** RFC 3339 */
  startsAt: string
  status: string
  channel: string
  profession: string
  visitTypeCode: string
}
export interface PatientAtUnit {
  patientId: string
  unitId: string
}

/** What a decision needs to know this instant, and who owns it. */
export interface FactTypes {
  person: { owner: 'patients'; key: string; value: PersonFact | null }
  /** Custody in force now, not blocked by a clinic, and the child is under 13 now. [R20] */
  guardianship: { owner: 'patients'; key: { guardianId: string; childId: string }; value: boolean }
  /** Who may act for the child now; none from 13. [R20] */
  guardians: { owner: 'patients'; key: string; value: string[] }
  /** Null phone where the identity is protected. [A5] */
  contact: { owner: 'patients'; key: string; value: { phone: string | null } | null }
  unit: { owner: 'patients'; key: string; value: UnitFact | null }
  careCase: { owner: 'messaging'; key: string; value: CareCaseFact | null }
  /** The unit handles an open case of the patient, or closed one at most 30 days ago. [A1] */
  caseRelation: { owner: 'messaging'; key: PatientAtUnit; value: boolean }
  visit: { owner: 'visits'; key: string; value: VisitFact | null }
  /** The patient has a visit at the unit, or had one at most 30 days ago. [A1] */
  visitRelation: { owner: 'visits'; key: PatientAtUnit; value: boolean }
}
export type FactName = keyof FactTypes

/** Which services may ask for a fact, besides its owner. The owner refuses all others, and an asker does not even send the question. */
export const contract: { readonly [F in FactName]: { owner: FactTypes[F]['owner']; askers: readonly SubgraphName[] } } = {
  person: { owner: 'patients', askers: ['visits', 'messaging', 'billing'] },
  guardianship: { owner: 'patients', askers: ['visits', 'messaging', 'billing'] },
  guardians: { owner: 'patients', askers: ['messaging'] },
  contact: { owner: 'patients', askers: ['messaging'] },
  unit: { owner: 'patients', askers: ['visits', 'messaging', 'billing'] },
  careCase: { owner: 'messaging', askers: ['visits', 'billing'] },
  caseRelation: { owner: 'messaging', askers: ['patients', 'visits', 'billing'] },
  visit: { owner: 'visits', askers: ['messaging', 'billing'] },
  visitRelation: { owner: 'visits', askers: ['patients', 'messaging', 'billing'] },
}

/** Whether the contract gives this fact to this process. */
export const mayAsk = (asker: string, fact: FactName): boolean => {
  const { owner, askers } = contract[fact]
  return asker === owner || (askers as readonly string[]).includes(asker)
}

/** Answers many keys of one fact at once, in the order of the keys. */
export type FactProvider<F extends FactName> = (keys: readonly FactTypes[F]['key'][]) => Promise<FactTypes[F]['value'][]>
export type FactProviders = { [F in FactName]?: FactProvider<F> }

/** Asks owners for facts: batched per turn of the event loop, remembered for one request (or one event of a stream), never longer. */
export interface Facts {
  /** @throws GraphError FACTS_UNAVAILABLE when the owner does not answer in time: decisions fail closed.
   *  @throws NotForCaller when the contract does not give us this fact */
  get<F extends FactName>(fact: F, key: FactTypes[F]['key']): Promise<FactTypes[F]['value']>
}
