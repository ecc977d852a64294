import type { Policies } from '@vardgraf/policy'
import type { WaitingOutcome } from '../cases/rules.js'
import { moveCase, readLocked } from '../cases/store.js'
import type { Actor, Change } from '../change.js'
import type { CareCase } from '../generated/prisma/client.js'
import type { Priority } from '../generated/prisma/enums.js'
import { dueSteps, type Placeable, placeOf, takenBackAt } from './rules.js'
import { queueColumns } from './sql.js'

/** What triage (or re-triage) came to. */
export interface Assessment {
  outcome: WaitingOutcome
  priority: Priority
}

/** Puts a triaged case into the waiting room of whoever answers at this hour. `careCase` is locked and TRIAGING. [R27, R32] */
export async function enterWaitingRoom(
  change: Change,
  policies: Policies,
  careCase: CareCase,
  actor: Actor,
  { outcome, priority }: Assessment,
): Promise<CareCase> {
  const waiting = { ...careCase, outcome, priority, enteredAt: change.now }
  const place = placeOf(policies.policyFor(careCase.region, change.now), waiting, change.now)
  const details = { outcome, priority, responderUnitId: place.responderUnitId }
  return moveCase(change, careCase, { kind: 'ENTERED', actor, details }, { status: 'WAITING', outcome, priority, ...place })
}

/**
 * The next case of a unit's queue, now the employee's; null when nobody waits. Two who claim at once get two cases: a row that
 * another claim holds is skipped. A retry with the same key gives the case it got the first time.
 */
export async function claimNext(
  change: Change,
  policies: Policies,
  unitId: string,
  staffId: string,
  idempotencyKey: string,
): Promise<CareCase | null> {
  const claimed = await claimedWith(change, staffId, idempotencyKey)
  if (claimed) return claimed
  const id = await lockNext(change, unitId)
  if (!id) return null
  const careCase = await readLocked(change, id)
  const { now } = change
  const reviewAt = reviewOfClaimed(policies, careCase, now)
  const assigned = { status: 'ASSIGNED', assignedToId: staffId, assignedAt: now, reviewAt } as const
  return moveCase(change, careCase, { kind: 'CLAIMED', actor: { kind: 'STAFF', id: staffId }, idempotencyKey }, assigned)
}

/** When the claimed case goes back if it is not answered. Where that cannot be worked out, it is claimed all the same: one bad case at the head of a queue must not shut the queue. */
function reviewOfClaimed(policies: Policies, careCase: CareCase, now: Date): Date {
  try {
    return takenBackAt(policies.policyFor(careCase.region, now), placeable(careCase), now)
  } catch {
    return careCase.answerDueAt ?? now
  }
}

/** The id of the next waiting case whose row no other transaction has locked, with its row locked; null when nobody waits. */
async function lockNext({ tx }: Change, unitId: string): Promise<string | null> {
  for (;;) {
    const [free] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM messaging.care_case c
      WHERE responder_unit_id = ${unitId} AND status = 'WAITING'
      ORDER BY ${queueColumns('c')}
      LIMIT 1 FOR UPDATE SKIP LOCKED`
    if (free) return free.id
    // Those who still wait are locked for a moment by a claim, a review or a patient's answer. The queue is empty only without them.
    const [held] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM messaging.care_case WHERE responder_unit_id = ${unitId} AND status = 'WAITING' LIMIT 1`
    if (!held) return null
    await tx.$queryRaw`SELECT id FROM messaging.care_case WHERE id = ${held.id}::uuid FOR UPDATE`
  }
}

/** The case that an employee claimed with this key, or null. */
async function claimedWith({ tx }: Change, staffId: string, idempotencyKey: string): Promise<CareCase | null> {
  // Two at once with one key: the second waits here for the first, and finds its event.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`claim:${staffId}:${idempotencyKey}`}, 0))::text`
  const key = { actorId: staffId, kind: 'CLAIMED', idempotencyKey } as const
  const event = await tx.caseEvent.findUnique({ where: { actorId_kind_idempotencyKey: key }, include: { careCase: true } })
  return event?.careCase ?? null
}

/**
 * Back into the queue, at the old place: enteredAt does not change. By the employee who claimed it; or by the platform, where it is due soon
 * and has had no answer. `careCase` is locked and ASSIGNED. [R33]
 */
export async function releaseCase(change: Change, policies: Policies, careCase: CareCase, actor: Actor): Promise<CareCase> {
  const place = placeOf(policies.policyFor(careCase.region, change.now), placeable(careCase), change.now)
  const waiting = { status: 'WAITING', assignedToId: null, assignedAt: null, ...place } as const
  return moveCase(change, careCase, { kind: 'RELEASED', actor, details: { responderUnitId: place.responderUnitId } }, waiting)
}

/** A new assessment of a waiting case, which keeps its time of entry. `careCase` is locked and WAITING. [R32] */
export async function reprioritise(
  change: Change,
  policies: Policies,
  careCase: CareCase,
  actor: Actor,
  assessment: Partial<Assessment>,
): Promise<CareCase> {
  const assessed = { ...placeable(careCase), ...assessment }
  const place = placeOf(policies.policyFor(careCase.region, change.now), assessed, change.now)
  const { priority } = assessed
  // Who was told 112 stays told, wherever the case waits.
  const outcome = assessment.outcome ?? careCase.outcome
  const details = { from: careCase.priority, to: priority, responderUnitId: place.responderUnitId }
  return moveCase(
    change,
    careCase,
    { kind: 'REPRIORITISED', actor, details },
    { outcome, priority, ...keepOpen(careCase, place, change.now) },
  )
}

/**
 * Looks at one waiting case whose review is due: warns the unit, lets it overflow, or routes it to who answers now. [R27, R33]
 * `careCase` is locked. Gives the case as it is afterwards.
 */
export async function review(change: Change, policies: Policies, careCase: CareCase, actor: Actor): Promise<CareCase> {
  const { now } = change
  const policy = policies.policyFor(careCase.region, now)
  const due = dueSteps(policy, placeable(careCase), now)
  const marks = { warnedAt: due.warn ? now : careCase.warnedAt, overflowedAt: due.overflow ? now : careCase.overflowedAt }
  const place = keepOpen(careCase, placeOf(policy, { ...placeable(careCase), ...marks }, now), now)
  const details = { from: careCase.responderUnitId, to: place.responderUnitId }
  const moved = place.responderUnitId !== careCase.responderUnitId
  if (due.overflow && moved) return moveCase(change, careCase, { kind: 'OVERFLOWED', actor, details }, { ...marks, ...place })
  if (moved) return moveCase(change, careCase, { kind: 'ROUTED', actor, details }, { ...marks, ...place })
  if (due.warn) return moveCase(change, careCase, { kind: 'DUE_SOON', actor }, { ...marks, ...place })
  // Nothing to tell: only the time of the next look is new.
  return change.tx.careCase.update({ where: { id: careCase.id }, data: { ...marks, ...place } })
}

/** A responder that answered already and still does keeps the time from which it does. */
function keepOpen<P extends { responderUnitId: string; opensAt: Date }>(careCase: CareCase, place: P, now: Date): P {
  const answersAlready = careCase.opensAt !== null && careCase.opensAt <= now && place.opensAt <= now
  return answersAlready && place.responderUnitId === careCase.responderUnitId ? { ...place, opensAt: careCase.opensAt } : place
}

/**
 * What the place of a case depends on. One whose patient was told 112 is for 1177's nurses, who are there at any hour. [R31]
 * @throws Error for a case that has never been in a waiting room.
 */
export function placeable(careCase: CareCase): Placeable {
  const { priority, enteredAt } = careCase
  const outcome = careCase.redFlagAt === null ? careCase.outcome : 'NURSE_LINE_1177'
  if ((outcome !== 'HEALTH_CENTRE' && outcome !== 'NURSE_LINE_1177') || !priority || !enteredAt)
    throw new Error('the case has no place to work out')
  return { ...careCase, outcome, priority, enteredAt }
}
