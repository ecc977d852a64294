import { localDate, STOCKHOLM } from '@vardgraf/time'
import { Temporal } from 'temporal-polyfill'
import type { Policy } from './pack.js'

const HOUR_MS = 3_600_000

/** The last instant to cancel or rebook without a fee; the instant itself is in time. */
export interface CancelDeadline {
  at: Date
  source: 'KALLELSE' | 'REGION'
}

/**
 * When a visit must be cancelled or rebooked at the latest: as the summons (kallelse) says, else as the region does. [R18]
 *
 * Hours before are elapsed hours: 24 h before 08:00 on the day summer time begins is 07:00 the day before. A time the same day is
 * never after the visit has begun. A visit that was booked after its deadline can be cancelled free until it starts: nobody is late for
 * what had passed before she had it. [D]
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
