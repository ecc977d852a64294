import type { Jobs } from '@vardgraf/events'
import type { Change } from '../change.js'
import type { Notification } from '../generated/prisma/client.js'
import type { NotificationKind, NotificationStatus } from '../generated/prisma/enums.js'
import { requeueBefore } from './rules.js'

/** Something that somebody is to be told. `occasion` is what makes it one: a case's answer, a visit. */
export interface Announcement {
  kind: NotificationKind
  patientId: string
  region: string
  caseId?: string
  visitId?: string
  occasion: string
}

/** Commits with the change: whoever is concerned will be told, once. Who that is, is found out afterwards. [R34] */
export async function announce({ tx, bus }: Change, announcement: Announcement): Promise<void> {
  await bus.enqueue(tx, 'notification.announce', {
    ...announcement,
    caseId: announcement.caseId ?? null,
    visitId: announcement.visitId ?? null,
  })
}

/** Stores one notification for each recipient who has none of this occasion yet, and queues its SMS. */
export async function notify(
  change: Change,
  announcement: Jobs['notification.announce'],
  recipients: readonly string[],
): Promise<void> {
  const { tx, now, bus } = change
  const { occasion, ...about } = announcement
  const stored = await tx.notification.createManyAndReturn({
    data: recipients.map((recipientId) => ({
      ...about,
      kind: about.kind as NotificationKind,
      recipientId,
      status: 'QUEUED' as const,
      uniqueKey: `${about.kind}:${occasion}:${recipientId}`,
      createdAt: now,
      queuedAt: now,
    })),
    skipDuplicates: true,
    select: { id: true },
  })
  for (const { id } of stored) await bus.enqueue(tx, 'sms.send', { notificationId: id })
}

/** Takes a queued notification for sending; false when it is not queued: sent, given up, or taken by another job. */
export async function takeForSending({ tx }: Change, id: string): Promise<boolean> {
  const { count } = await tx.notification.updateMany({ where: { id, status: 'QUEUED' }, data: { status: 'SENDING' } })
  return count === 1
}

/** Writes how it went. What was sent stays sent, whatever a second delivery of the job believes. */
export async function settle(
  { tx }: Change,
  id: string,
  status: NotificationStatus,
  outcome: Partial<Pick<Notification, 'reason' | 'sentAt' | 'providerId'>> = {},
): Promise<void> {
  await tx.notification.updateMany({ where: { id, status: { not: 'SENT' } }, data: { status, ...outcome } })
}

/**
 * Gives notifications that have waited too long to the job queue again: their job has used up its attempts, or is lost. One that still has
 * a job gets no second. One that was being sent is for the job to settle: it may have been sent. Gives how many waited.
 */
export async function requeue({ tx, now, bus }: Change, limit: number): Promise<number> {
  const resting = await tx.$queryRaw<{ id: string }[]>`
    UPDATE messaging.notification SET queued_at = ${now}
    WHERE id IN (SELECT id FROM messaging.notification WHERE status IN ('QUEUED', 'SENDING') AND queued_at < ${requeueBefore(now)}
                 ORDER BY queued_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id`
  for (const { id } of resting) await bus.enqueue(tx, 'sms.send', { notificationId: id })
  return resting.length
}
