import { ageAt, DAY_MS, MINUTE_MS } from '@vardgraf/time'

/**
 * Who is told of something that concerns a patient: below the age at which she has care of her own, her guardians; from that birthday
 * on she alone. The age is that of her region's policy, see `ownCareFromAge`. [R5, R23, A6]
 */
export function recipientsOf(
  patient: { id: string; birthDate: string },
  guardians: readonly string[],
  ownCareFromAge: number,
  now: Date,
): readonly string[] {
  return ageAt(patient.birthDate, now) < ownCareFromAge ? guardians : [patient.id]
}

/** A notification that has not gone out by then is of no use any more. */
const USEFUL_MS = DAY_MS
/** How long a queued notification may wait before it is given to the job queue again. */
const REQUEUE_AFTER_MS = 10 * MINUTE_MS

export const isStale = (createdAt: Date, now: Date): boolean => now.getTime() - createdAt.getTime() > USEFUL_MS
export const requeueBefore = (now: Date): Date => new Date(now.getTime() - REQUEUE_AFTER_MS)

/** A Swedish or international number in E.164, as operators want it; null when it is neither. */
export function e164(phone: string): string | null {
  const digits = phone.replace(/[^\d+]/g, '')
  const number = digits.startsWith('00') ? `+${digits.slice(2)}` : digits.startsWith('0') ? `+46${digits.slice(1)}` : digits
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null
}
