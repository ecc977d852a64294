import type { Policies } from '@vardgraf/policy'
import { isOngoing } from '../cases/rules.js'
import { moveCase } from '../cases/store.js'
import type { Actor, Change } from '../change.js'
import type { CareCase, Prisma } from '../generated/prisma/client.js'
import type { Priority } from '../generated/prisma/enums.js'
import { placeOf, takenBackAt } from '../waiting-room/rules.js'
import { type Assessment, placeable } from '../waiting-room/store.js'

/**
 * The patient is told 112 while staff have her case, or after they have ended it: it stays as it is, and they see it. While it is open they
 * are alerted, and it counts as acute, so that nobody's absence leaves it lying. `careCase` is locked. [R31]
 */
export async function raiseRedFlag(
  change: Change,
  policies: Policies,
  careCase: CareCase,
  actor: Actor,
  ruleId: string,
): Promise<CareCase> {
  const told = { outcome: 'CALL_112', redFlagAt: change.now } as const
  const acute = isOngoing(careCase.status) ? pressing(change, policies, { ...careCase, ...told }, 'P1') : {}
  return moveCase(change, careCase, { kind: 'RED_FLAG', actor, details: { ruleId } }, { ...told, ...acute })
}

/** The answers tell of a greater need while staff have the case: they are alerted, and it costs her nothing. `careCase` is locked. [R32] */
export async function worsen(
  change: Change,
  policies: Policies,
  careCase: CareCase,
  actor: Actor,
  { outcome, priority }: Assessment,
): Promise<CareCase> {
  const details = { from: careCase.priority, to: priority }
  const sooner = pressing(change, policies, careCase, priority)
  return moveCase(change, careCase, { kind: 'WORSENED', actor, details }, { outcome, ...sooner })
}

/** The new priority of an ongoing case, and what follows of it: who has claimed it has as long to answer as with a new case of that need. */
function pressing(
  { now }: Change,
  policies: Policies,
  careCase: CareCase,
  priority: Priority,
): Prisma.CareCaseUncheckedUpdateInput {
  if (careCase.status !== 'WAITING' && careCase.status !== 'ASSIGNED') return { priority }
  try {
    const policy = policies.policyFor(careCase.region, now)
    const placed = placeable({ ...careCase, priority })
    if (careCase.status === 'WAITING') return { priority, ...placeOf(policy, placed, now) }
    const takenBack = takenBackAt(policy, placed, now)
    const reviewAt = careCase.reviewAt !== null && careCase.reviewAt < takenBack ? careCase.reviewAt : takenBack
    return { priority, reviewAt }
  } catch {
    // The place of a bad case cannot be worked out: what she is told, and the alert, do not wait for that. The sweep looks at it at once.
    return { priority, reviewAt: now }
  }
}
