import { HOUR_MS, localDate, STOCKHOLM } from '@vardgraf/time'
import { Temporal } from 'temporal-polyfill'
import type { Policy } from './pack.js'

/** The last instant to cancel or rebook without a fee, included. */
export interface CancelDeadline {
  at: Date
  source: 'KALLELSE' | 'REGION'
}

/**
 * When a visit must be cancelled or rebooked at the latest: as the summons (kallelse) says, else as the region says. [R18]
 *
 * Hours are elapsed hours: 24 h before 08:00 on the day when summer time begins is 07:00 the day before. A time on the day of the visit
 * is never later than the start of the visit. A visit that was booked after its deadline can be cancelled without a fee until it starts:
 * the patient could not have met the deadline. [D]
 */
export function cancelDeadline(pack: Policy, { bookedAt, startsAt, kallelseDeadline }: Cancellable): CancelDeadline {
  const at = kallelseDeadline ?? regionalDeadline(pack, startsAt)
  return { at: bookedAt > at ? startsAt : at, source: kallelseDeadline ? 'KALLELSE' : 'REGION' }
}

interface Cancellable {
  bookedAt: Date
  startsAt: Date
  kallelseDeadline?: Date | null
}

function regionalDeadline(pack: Policy, startsAt: Date): Date {
  const rule = pack.cancellation.deadline.value
  if (rule.kind === 'HOURS_BEFORE') return new Date(startsAt.getTime() - rule.hours * HOUR_MS)
  const sameDay = Temporal.PlainDate.from(localDate(startsAt)).toZonedDateTime({ timeZone: STOCKHOLM, plainTime: rule.time })
  return new Date(Math.min(sameDay.epochMilliseconds, startsAt.getTime()))
}
