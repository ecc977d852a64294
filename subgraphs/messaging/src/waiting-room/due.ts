import { readLocked } from '../cases/store.js'
import type { Change } from '../change.js'
import type { Db } from '../database.js'
import type { CareCase, QuarantinedReview } from '../generated/prisma/client.js'
import { LONGEST_PAUSE_MS, pauseAfter } from './rules.js'

export type { QuarantinedReview }

/** A case whose review is due, and since when. */
export interface Look {
  id: string
  reviewAt: Date
}

/**
 * Cases whose review is due, the earliest first, behind `after`; without those in quarantine. One that was put off by a clock that has
 * since been set back does not wait for that time to come again.
 */
export function dueForReview(db: Db, now: Date, after: Look | null, limit: number): Promise<Look[]> {
  const latestRetry = new Date(now.getTime() + LONGEST_PAUSE_MS)
  return db.$queryRaw<Look[]>`
    SELECT c.id, c.review_at AS "reviewAt"
    FROM messaging.care_case c LEFT JOIN messaging.quarantined_review q ON q.case_id = c.id
    WHERE c.status IN ('WAITING', 'ASSIGNED') AND c.review_at <= ${now}
      AND (q.case_id IS NULL OR q.retry_at <= ${now} OR q.retry_at > ${latestRetry})
      AND (${after === null} OR (c.review_at, c.id) > (${after?.reviewAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY c.review_at, c.id LIMIT ${limit}`
}

/** The case with its row locked, if its review is still due; null also where another transaction has locked the row: that one is not waited for. */
export async function lockDue(change: Change, id: string): Promise<CareCase | null> {
  const [locked] = await change.tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM messaging.care_case
    WHERE id = ${id}::uuid AND status IN ('WAITING', 'ASSIGNED') AND review_at <= ${change.now}
    FOR UPDATE SKIP LOCKED`
  return locked ? readLocked(change, id) : null
}

/** Puts the next look at a case off, the longer the more often it has failed. */
export async function quarantine({ tx, now }: Change, caseId: string, reason: string): Promise<QuarantinedReview> {
  const earlier = await tx.quarantinedReview.findUnique({ where: { caseId } })
  const failures = (earlier?.failures ?? 0) + 1
  const latest = { failures, lastFailedAt: now, retryAt: new Date(now.getTime() + pauseAfter(failures)), reason }
  return tx.quarantinedReview.upsert({ where: { caseId }, update: latest, create: { caseId, since: now, ...latest } })
}

/** Cases that were answered, or have ended, are looked at no more. */
export async function liftQuarantineOfSettled({ tx }: Change): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM messaging.quarantined_review q USING messaging.care_case c
    WHERE c.id = q.case_id AND c.status NOT IN ('WAITING', 'ASSIGNED')`
}

/** The case has been looked at. */
export async function liftQuarantine({ tx }: Change, caseId: string): Promise<void> {
  await tx.quarantinedReview.deleteMany({ where: { caseId } })
}
