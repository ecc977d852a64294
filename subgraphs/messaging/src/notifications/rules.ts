import { ageAt } from '@vardgraf/time'

/** From this birthday the young person is told herself, and nobody else is. [R5, R23] */
const OWN_FROM_AGE = 13

/** Who is told of something that concerns a patient: her guardians below 13, herself alone from then on. [R5, R23, A6] */
export function recipientsOf(
  patient: { id: string; birthDate: string },
  guardians: readonly string[],
  now: Date,
): readonly string[] {
  return ageAt(patient.birthDate, now) < OWN_FROM_AGE ? guardians : [patient.id]
}

/** A notification that has not gone out by then is of no use any more. */
const USEFUL_HOURS = 24
/** How long a queued notification may rest before it is given to the job queue anew. */
const REQUEUE_MINUTES = 10

export const isStale = (createdAt: Date, now: Date): boolean => now.getTime() - createdAt.getTime() > USEFUL_HOURS * 3_600_000
export const requeueBefore = (now: Date): Date => new Date(now.getTime() - REQUEUE_MINUTES * 60_000)

/** A Swedish or international number in E.164, as operators want it; null when it is neither. */
export function e164(phone: string): string | null {
  const digits = phone.replace(/[^\d+]/g, '')
  const number = digits.startsWith('00') ? `+${digits.slice(2)}` : digits.startsWith('0') ? `+46${digits.slice(1)}` : digits
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null
}
