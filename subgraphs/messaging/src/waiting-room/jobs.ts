import type { Policies } from '@vardgraf/policy'
import { type Clock, type Logger, loggedError } from '@vardgraf/process'
import { change, SYSTEM, type Writing } from '../change.js'
import {
  dueForReview,
  type Look,
  liftQuarantine,
  liftQuarantineOfSettled,
  lockDue,
  type QuarantinedReview,
  quarantine,
} from './due.js'
import { releaseCase, review } from './store.js'

/** What the review of the waiting rooms works with. */
export interface ReviewServices {
  writing: Writing
  policies: Policies
  clock: Pick<Clock, 'now'>
  log: Logger
}

const BATCH = 50

/**
 * Looks at every case whose review is due, each in a transaction of its own: routing by hours, warning, overflow, and what nobody has
 * answered in time. One that fails is put off with an alarm, and holds up no other. Any number of processes may do so at once. Gives
 * how many were looked at. [R27, R33]
 */
export async function reviewCases(services: ReviewServices, stop?: AbortSignal): Promise<number> {
  const { writing, clock } = services
  let reviewed = 0
  let after: Look | null = null
  for (;;) {
    const due = await dueForReview(writing.db, clock.now(), after, BATCH)
    for (const { id } of due) {
      if (stop?.aborted) return reviewed
      if (await reviewOne(services, id)) reviewed += 1
    }
    if (due.length < BATCH) break
    after = due.at(-1) ?? null
  }
  await change(writing, () => clock.now(), liftQuarantineOfSettled)
  return reviewed
}

/** False where there was nothing to do, another transaction has locked the case, or the look failed. */
async function reviewOne(services: ReviewServices, id: string): Promise<boolean> {
  const { writing, clock, log } = services
  try {
    // Twice: a connection that was cut is not the case's fault.
    return await lookAt(services, id).catch(() => lookAt(services, id))
  } catch (error) {
    // Throws where the database itself is away: then no case is at fault, and the sweep as a whole is tried again.
    const put = await change(
      writing,
      () => clock.now(),
      (under) => quarantine(under, id, reasonOf(error)),
    )
    alarm(log, put, error)
    return false
  }
}

function lookAt({ writing, policies, clock }: ReviewServices, id: string): Promise<boolean> {
  return change(
    writing,
    () => clock.now(),
    async (under) => {
      const due = await lockDue(under, id)
      if (!due) return false
      const careCase = due.status === 'ASSIGNED' ? await releaseCase(under, policies, due, SYSTEM) : due
      await review(under, policies, careCase, SYSTEM)
      await liftQuarantine(under, id)
      return true
    },
  )
}

/** A person has to look at it: the case stays where it stands, and is neither routed, warned about nor taken over. */
function alarm(log: Logger, { caseId, failures, since, retryAt }: QuarantinedReview, error: unknown): void {
  log.error(
    { alarm: 'CASE_REVIEW_FAILED', careCase: caseId, failures, since, retryAt, err: error },
    'the review of a case failed',
  )
}

/** A code, never the message: that may hold values. */
function reasonOf(error: unknown): string {
  const { code, type } = loggedError(error)
  return code ?? type
}
