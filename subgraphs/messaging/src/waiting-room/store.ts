import { moveCase } from '../cases/store.js'
import type { WaitingOutcome } from '../cases/rules.js'
import type { Actor, Change } from '../change.js'
import type { CareCase } from '../generated/prisma/client.js'
import type { Priority } from '../generated/prisma/enums.js'
import { placeOf } from './rules.js'

/** What triage (or re-triage) came to. */
export interface Assessment {
  outcome: WaitingOutcome
  priority: Priority
}

/** Puts a triaged case into the waiting room of whoever answers at this hour. `careCase` is locked and TRIAGING. [R27, R32] */
export async function enterWaitingRoom(change: Change, careCase: CareCase, actor: Actor, { outcome, priority }: Assessment): Promise<CareCase> {
  const place = placeOf({ ...careCase, outcome, priority, enteredAt: change.now }, change.now)
  return moveCase(change, careCase, { kind: 'ENTERED', actor, details: { outcome, priority } }, { status: 'WAITING', outcome, priority, ...place })
}
