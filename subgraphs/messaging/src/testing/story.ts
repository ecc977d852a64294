import { loadPolicies } from '@vardgraf/policy'
import { globalId, localId } from '@vardgraf/relay'
import { WAIT_MS } from '@vardgraf/testing'
import type { StaffRole, Viewer } from '@vardgraf/viewer'
import { openCase } from '../cases/store.js'
import { change, writingOf } from '../change.js'
import type { CareCase } from '../generated/prisma/client.js'
import type { Priority } from '../generated/prisma/enums.js'
import { enterWaitingRoom } from '../waiting-room/store.js'
import type { Service } from './service.js'

/** A local id for a test: `uuid(7)` is always the same. */
export const uuid = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

export const centre = 'SE2321000172-H001'
export const otherCentre = 'SE2321000172-H002'
export const nurseLine = 'SE2321000172-N001'

const sessionExpiresAt = 4_000_000_000
export const patient = (personId: string): Viewer => ({ kind: 'PATIENT', personId, sessionExpiresAt })
export const staff = (unitId: string, staffId = `nurse at ${unitId}`, role: StaffRole = 'NURSE'): Viewer => ({
  kind: 'STAFF',
  staffId,
  unitId,
  role,
  sessionExpiresAt,
})
export const anonymous: Viewer = { kind: 'ANONYMOUS' }

/** Makes people known to the neighbours: adults with a phone each, if nothing else is said. */
export function knownPeople(
  { neighbours }: Service,
  people: Record<string, Partial<{ birthDate: string; phone: string | null; protectedIdentity: boolean }>>,
): void {
  for (const [index, [id, person]] of Object.entries(people).entries()) {
    neighbours.people.set(id, { birthDate: '1990-01-01', phone: `070-17406${10 + index}`, protectedIdentity: false, ...person })
  }
}

const policies = loadPolicies()
let keys = 0
export const nextKey = (): string => `key-${++keys}`

export interface Entering {
  patientId: string
  priority?: Priority
  outcome?: 'HEALTH_CENTRE' | 'NURSE_LINE_1177'
  unitId?: string
  openedById?: string
}

/** A case that triage has just sent into the waiting room, as the triage builder does it. */
export async function enter(
  service: Service,
  { patientId, priority = 'P3', outcome = 'HEALTH_CENTRE', unitId = centre, openedById = patientId }: Entering,
): Promise<CareCase> {
  const actor = { kind: openedById === patientId ? ('PATIENT' as const) : ('GUARDIAN' as const), id: openedById }
  return change(writingOf(service), service.now, async (under) => {
    const opened = await openCase(under, actor, {
      patientId,
      unitId,
      unitKind: 'HEALTH_CENTRE',
      region: 'vastmanland',
      entryChannel: 'START_PAGE',
      complaint: 'sore-throat',
      idempotencyKey: nextKey(),
    })
    return enterWaitingRoom(under, policies, opened, actor, { outcome, priority })
  })
}

export const caseId = (row: { id: string }): string => globalId('CareCase', row.id)
export const rowId = (id: string): string => localId(id, 'CareCase') ?? ''

export const documents = {
  position: `subscription ($caseId: ID!) { waitingRoomPosition(caseId: $caseId) { status position reason estimatedAnswerAt opensAt responder { id } } }`,
  queue: `subscription ($unitId: ID!) { unitQueue(unitId: $unitId) { waiting entries { caseId position priority dueSoon } } }`,
  chat: `subscription ($caseId: ID!, $after: String) { chatMessages(caseId: $caseId, after: $after) { cursor node { id text authorKind sentByMe author { __typename ... on Staff { id } ... on Patient { id } } } } }`,
  claim: `mutation ($key: String!) { claimNextCase(input: { idempotencyKey: $key }) { careCase { id status assignedTo { id } } refusal { code rule unlock } } }`,
  answer: `mutation ($caseId: ID!, $text: String!, $key: String!) { answerCase(input: { caseId: $caseId, text: $text, idempotencyKey: $key }) { careCase { id status slaBreached } message { id text } refusal { code rule unlock ... on NoOngoingCase { redirectUrl } } } }`,
  send: `mutation ($caseId: ID!, $text: String!, $key: String!) { sendMessage(input: { caseId: $caseId, text: $text, idempotencyKey: $key }) { careCase { status } message { id text authorKind sentByMe } refusal { __typename code rule unlock ... on NoOngoingCase { redirectUrl } } } }`,
  alerts: `subscription ($unitId: ID!, $after: String) { caseAlerts(unitId: $unitId, after: $after) { cursor node { caseId kind raisedAt careCase { id status redFlag { raisedAt assessment { outcome reason } } } } } }`,
  inHand: `query ($id: ID!, $redFlagged: Boolean) { _entities(representations: [{ __typename: "CareUnit", id: $id }]) { ... on CareUnit { casesInHand(first: 10, redFlagged: $redFlagged) { edges { node { id priority redFlag { assessment { outcome } } } } } } } }`,
  close: `mutation ($caseId: ID!) { closeCase(input: { caseId: $caseId }) { careCase { status } refusal { code } } }`,
  release: `mutation ($caseId: ID!) { releaseCase(input: { caseId: $caseId }) { careCase { status } refusal { code unlock } } }`,
  abandon: `mutation ($caseId: ID!) { abandonCase(input: { caseId: $caseId }) { careCase { status } refusal { code } } }`,
  reprioritise: `mutation ($caseId: ID!, $priority: Priority!) { reprioritiseCase(input: { caseId: $caseId, priority: $priority }) { careCase { status priority responder { id } } refusal { code } } }`,
  careCase: `query ($caseId: ID!) { careCase(id: $caseId) { id status complaint priority responder { id } isOngoing slaBreached messages(first: 50) { edges { cursor node { text } } pageInfo { hasNextPage } } waitingRoom { position reason } } }`,
} as const

/** Claims and answers the next case of a unit. */
export async function claimAndAnswer(service: Service, nurse: Viewer, text = 'Hej, hur mår du?'): Promise<string> {
  const { data } = await service.ask(nurse, documents.claim, { key: nextKey() })
  const id = data.claimNextCase.careCase.id as string
  await service.ask(nurse, documents.answer, { caseId: id, text, key: nextKey() })
  return id
}

/** Waits until something holds. @throws Error when it does not within `timeoutMs`. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  timeoutMs = WAIT_MS,
): Promise<Exclude<T, false | null | undefined>> {
  const until = Date.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found) return found as Exclude<T, false | null | undefined>
    if (Date.now() > until) throw new Error(`it did not come true within ${timeoutMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
