import { alertOf } from '../alerts/rules.js'
import { alertUnit } from '../alerts/store.js'
import type { Actor, Author, Change } from '../change.js'
import type { CareCase, Prisma } from '../generated/prisma/client.js'
import type { CaseEventKind, EntryChannel } from '../generated/prisma/enums.js'
import { ImpossibleTransition, isOngoing, mayBecome, openStatuses } from './rules.js'
import { topics } from './topics.js'

export type { CareCase }

/** A new case, as triage begins. `idempotencyKey` is the client's: a retry finds the first case. */
export interface NewCase {
  patientId: string
  unitId: string
  unitKind: string
  region: string
  entryChannel: EntryChannel
  /** The questionnaire's code, never free text. */
  complaint: string
  idempotencyKey: string
}

/** The case that this actor opened with this key, or a new one in TRIAGING. [R25] */
export async function openCase({ tx, now }: Change, actor: Author, opened: NewCase): Promise<CareCase> {
  const key = { openedById: actor.id, idempotencyKey: opened.idempotencyKey }
  // ON CONFLICT DO NOTHING: a concurrent retry waits for the first one here, and does not break the transaction.
  const { count } = await tx.careCase.createMany({
    data: [{ ...opened, ...key, status: 'TRIAGING', openedAt: now }],
    skipDuplicates: true,
  })
  const careCase = await tx.careCase.findUniqueOrThrow({ where: { openedById_idempotencyKey: key } })
  if (count === 1) await append(tx, careCase, { kind: 'OPENED', at: now, actor })
  return careCase
}

/** The patient's open cases, the latest first; until the change ends no other change opens one for her. [R25] */
export async function lockOpenCases({ tx }: Change, patientId: string): Promise<CareCase[]> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`open:${patientId}`}, 0))::text`
  return tx.careCase.findMany({
    where: { patientId, status: { in: [...openStatuses] } },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
  })
}

/**
 * The case, with its row locked until the change ends; null when there is none. Every decision on its state starts here: the time of
 * the change is taken under the lock and never before the case's last event, so that its history and its chat run forwards. [R14]
 */
export async function lockCase(change: Change, id: string): Promise<CareCase | null> {
  const { tx } = change
  const [locked] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM messaging.care_case WHERE id = ${id}::uuid FOR UPDATE`
  return locked ? readLocked(change, id) : null
}

/** A case whose row this change has locked; see `lockCase`. */
export async function readLocked(change: Change, id: string): Promise<CareCase> {
  const { tx } = change
  const careCase = await tx.careCase.findUniqueOrThrow({ where: { id } })
  const { version } = careCase
  const last = await tx.caseEvent.findUnique({ where: { caseId_version: { caseId: id, version } }, select: { at: true } })
  change.follow(last?.at ?? careCase.openedAt)
  return careCase
}

/** What happened to a case, for its history. `details` are codes and ids, never care content. */
export interface Happening {
  kind: CaseEventKind
  actor: Actor
  details?: Prisma.InputJsonObject
  idempotencyKey?: string
}

/**
 * Writes a locked case's new state with the event that says why, and wakes its streams.
 * @throws ImpossibleTransition when the state machine has no such step.
 */
export async function moveCase(
  change: Change,
  from: CareCase,
  happening: Happening,
  data: Prisma.CareCaseUncheckedUpdateInput,
): Promise<CareCase> {
  const { tx, now, hint } = change
  const to = typeof data.status === 'string' ? data.status : from.status
  if (to !== from.status && !mayBecome(from.status, to)) throw new ImpossibleTransition(from.status, to)
  const moved = await tx.careCase.update({
    where: { id: from.id, version: from.version },
    data: { ...data, version: from.version + 1 },
  })
  await append(tx, moved, { ...happening, at: now })
  const alert = alertOf(happening.kind, from, moved)
  if (alert) await alertUnit(change, moved.id, alert)
  hint(topics.case(moved.id))
  if (isOngoing(from.status) && !isOngoing(moved.status)) hint(topics.chat(moved.id))
  // Only what waits, or did, moves a queue: chat messages leave those who wait alone.
  const queued = [from, moved].filter(({ status }) => status === 'WAITING')
  for (const { responderUnitId } of queued) if (responderUnitId) hint(topics.queue(responderUnitId))
  return moved
}

async function append(
  tx: Change['tx'],
  careCase: CareCase,
  { kind, at, actor, details, idempotencyKey }: Happening & { at: Date },
): Promise<void> {
  await tx.caseEvent.create({
    data: {
      caseId: careCase.id,
      version: careCase.version,
      kind,
      at,
      actorKind: actor.kind,
      actorId: actor.id,
      status: careCase.status,
      unitId: careCase.responderUnitId,
      details: details ?? {},
      idempotencyKey: idempotencyKey ?? null,
    },
  })
}

/** Ends a case at triage: self-care advice, 112, or referred elsewhere. [R31] */
export async function endAtTriage(
  change: Change,
  careCase: CareCase,
  actor: Actor,
  outcome: 'SELF_CARE' | 'CALL_112' | 'REFERRED',
  details?: Prisma.InputJsonObject,
): Promise<CareCase> {
  const status = ({ SELF_CARE: 'CLOSED_SELF_CARE', CALL_112: 'CLOSED_112', REFERRED: 'CLOSED_REFERRED' } as const)[outcome]
  return moveCase(
    change,
    careCase,
    { kind: 'TRIAGED', actor, ...(details && { details }) },
    {
      status,
      outcome: outcome === 'REFERRED' ? null : outcome,
      // What had ended before ended then.
      closedAt: careCase.closedAt ?? change.now,
      priority: null,
      // One that she had left is hers alone: the unit in whose queue it stood does not see it again. [A1]
      ...(careCase.status === 'ABANDONED' && { responderUnitId: null }),
      // 112 never keeps a place, also when a re-triage finds the red flag. [R31]
      ...nowhere,
    },
  )
}

/** A case that has no place in any waiting room. */
const nowhere = { queueClass: null, targetAt: null, reviewAt: null, opensAt: null } as const

/** The patient leaves, from triage or from the waiting room. Coming back means a new triage: the place is gone. [R32] */
export async function abandonCase(change: Change, careCase: CareCase, actor: Actor): Promise<CareCase> {
  return moveCase(change, careCase, { kind: 'ABANDONED', actor }, { status: 'ABANDONED', closedAt: change.now, ...nowhere })
}

/** The care ends a case that it has answered, or whose patient it has seen sent to 112; the chat stays readable. [R13, R31] */
export async function closeCase(change: Change, careCase: CareCase, actor: Actor): Promise<CareCase> {
  return moveCase(change, careCase, { kind: 'CLOSED', actor }, { status: 'CLOSED', closedAt: change.now, ...nowhere })
}

/** Notes a visit that was booked from the case; the case goes on as it was. [R36] */
export async function linkVisit(change: Change, careCase: CareCase, actor: Actor, visitId: string): Promise<CareCase> {
  await change.tx.caseVisit.createMany({ data: [{ visitId, caseId: careCase.id, linkedAt: change.now }], skipDuplicates: true })
  return moveCase(change, careCase, { kind: 'VISIT_LINKED', actor, details: { visitId } }, {})
}
