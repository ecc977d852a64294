import type { Facts } from '@vardgraf/access'
import type { Jobs } from '@vardgraf/events'
import { ownCareFromAge, type Policies, type Policy, policyText } from '@vardgraf/policy'
import type { Logger } from '@vardgraf/process'
import { zoned } from '@vardgraf/time'
import { change, type Writing } from '../change.js'
import type { Notification } from '../generated/prisma/client.js'
import { e164, isStale, recipientsOf } from './rules.js'
import type { SmsSender } from './sms.js'
import { announce, notify, requeue, settle, takeForSending } from './store.js'

/** What the jobs work with. `facts` gives a new memory: a job asks again at every attempt. */
export interface NotificationServices {
  writing: Writing
  policies: Policies
  sms: SmsSender
  facts(): Facts
  now(): Date
  log: Logger
}

/** Begins to work on announcements and SMS. */
export async function workNotifications(services: NotificationServices): Promise<void> {
  await services.writing.bus.work('notification.announce', ({ payload }) => announceTo(services, payload))
  await services.writing.bus.work('sms.send', ({ payload }) => sendSms(services, payload.notificationId))
}

const REQUEUED_AT_ONCE = 50

/** Gives all that waits too long to the job queue again. */
export async function requeueResting(
  { writing, now }: Pick<NotificationServices, 'writing' | 'now'>,
  stop?: AbortSignal,
): Promise<void> {
  while (!stop?.aborted && (await change(writing, now, (under) => requeue(under, REQUEUED_AT_ONCE))) === REQUEUED_AT_ONCE);
}

/** Finds out who is concerned now, and stores a notification for each. [R5, R23, R34] */
async function announceTo(
  { writing, policies, facts, now }: NotificationServices,
  announcement: Jobs['notification.announce'],
): Promise<void> {
  const asked = facts()
  const patientId = announcement.patientId
  const [patient, guardians] = await Promise.all([asked.get('person', patientId), asked.get('guardians', patientId)])
  if (!patient) return
  const recipients = recipientsOf(patient, guardians, ownCareFromAge(policies, patient.region, now()), now())
  await change(writing, now, (under) => notify(under, announcement, recipients))
}

/** Sends one notification's SMS: at most once, and not at all to who may no longer know. [R34, R23, A5]
 *  @throws Error when the operator certainly does not have it: the job is tried again. */
export async function sendSms(services: NotificationServices, id: string): Promise<void> {
  const { writing, sms, log, now } = services
  const notification = await writing.db.notification.findUnique({ where: { id } })
  const write = (...args: Parameters<typeof settle> extends [unknown, ...infer Rest] ? Rest : never) =>
    change(writing, now, (under) => settle(under, ...args))
  if (!notification) return
  // Somebody took it and has not told how it went: it may have been sent, so it is not sent again.
  if (notification.status === 'SENDING') {
    log.warn({ notification: id, kind: notification.kind }, 'an SMS was interrupted: it may have been sent')
    return write(id, 'UNCERTAIN', { reason: 'INTERRUPTED' })
  }
  if (notification.status !== 'QUEUED') return
  const message = await messageOf(services, notification)
  if ('suppress' in message) return suppress(services, notification, message.suppress)
  if (!(await change(writing, now, (under) => takeForSending(under, id)))) return
  const result = await sms.send(message)
  log.info(
    { notification: id, kind: notification.kind, result: result.kind, ...('reason' in result && { reason: result.reason }) },
    'sms',
  )
  if (result.kind === 'SENT') return write(id, 'SENT', { sentAt: now(), providerId: result.providerId })
  if (result.kind === 'REFUSED') return write(id, 'FAILED', { reason: result.reason })
  if (result.kind === 'UNCERTAIN') return write(id, 'UNCERTAIN', { reason: result.reason })
  await write(id, 'QUEUED', { reason: result.reason })
  throw new Error(`the operator did not take an SMS: ${result.reason}`)
}

type Suppression = 'STALE' | 'NOT_GUARDIAN' | 'NOT_CONCERNED' | 'PROTECTED_IDENTITY' | 'NO_PHONE' | 'VISIT_GONE'

/** Number and text, or why there is no SMS. Neither is stored or logged. */
async function messageOf(
  services: NotificationServices,
  notification: Notification,
): Promise<{ to: string; text: string } | { suppress: Suppression }> {
  const { recipientId, patientId, region, createdAt } = notification
  const now = services.now()
  const facts = services.facts()
  if (isStale(createdAt, now)) return { suppress: 'STALE' }
  const [patient, recipient, contact, guardians] = await Promise.all([
    facts.get('person', patientId),
    facts.get('person', recipientId),
    facts.get('contact', recipientId),
    facts.get('guardians', patientId),
  ])
  // Asked again at the last moment: a birthday may have come between. [R23]
  const fromAge = ownCareFromAge(services.policies, patient?.region ?? null, now)
  if (!patient || !recipientsOf(patient, guardians, fromAge, now).includes(recipientId))
    return { suppress: recipientId === patientId ? 'NOT_CONCERNED' : 'NOT_GUARDIAN' }
  if (!recipient || recipient.protectedIdentity || patient.protectedIdentity) return { suppress: 'PROTECTED_IDENTITY' }
  const to = contact?.phone ? e164(contact.phone) : null
  if (!to) return { suppress: 'NO_PHONE' }
  const text = await textOf(facts, services.policies.policyFor(region, now), notification)
  return text === null ? { suppress: 'VISIT_GONE' } : { to, text }
}

/** The policy's text: no name, no unit, nothing of the matter. Null when there is nothing left to tell. */
async function textOf(facts: Facts, policy: Policy, { kind, visitId }: Notification): Promise<string | null> {
  const url = policy.redirect.url.value
  if (kind === 'CASE_ANSWERED') return policyText(policy, 'SMS_CASE_ANSWERED', 'sv', { url })
  const visit = visitId ? await facts.get('visit', visitId) : null
  if (!visit || visit.status === 'CANCELLED') return null
  const start = zoned(new Date(visit.startsAt))
  return policyText(policy, 'SMS_VISIT_BOOKED', 'sv', {
    date: start.toPlainDate().toString(),
    time: start.toPlainTime().toString({ smallestUnit: 'minute' }),
    url,
  })
}

async function suppress(
  { writing, now, log }: NotificationServices,
  notification: Notification,
  reason: Suppression,
): Promise<void> {
  const { id, kind, patientId, region, caseId, visitId, uniqueKey } = notification
  log.info({ notification: id, kind, reason }, 'sms suppressed')
  await change(writing, now, async (under) => {
    await settle(under, id, 'SUPPRESSED', { reason })
    // Those who are concerned now have not been told: a notification that exists already is not made twice.
    if (reason !== 'NOT_GUARDIAN') return
    const occasion = uniqueKey.slice(kind.length + 1, uniqueKey.lastIndexOf(':'))
    await announce(under, { kind, patientId, region, ...(caseId && { caseId }), ...(visitId && { visitId }), occasion })
  })
}
