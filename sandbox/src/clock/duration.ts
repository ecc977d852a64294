import { STOCKHOLM } from '@vardgraf/time'
import { Temporal } from 'temporal-polyfill'

/** How far `by` leads from `now`, in milliseconds: an ISO 8601 duration (`PT15M`, `P1D`, `-PT1H`) or seconds (`90`). Days follow the
 *  calendar in Stockholm, so `P1D` is 23 hours when summer time begins.
 *  @throws RangeError when it is neither. */
export function durationMilliseconds(by: string, now: Date): number {
  if (/^-?\d{1,10}(\.\d{1,3})?$/.test(by)) return Number(by) * 1_000
  const from = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(STOCKHOLM)
  return from.add(durationOf(by)).epochMilliseconds - now.getTime()
}

function durationOf(by: string): Temporal.Duration {
  try {
    return Temporal.Duration.from(by)
  } catch {
    throw new RangeError('a duration such as PT15M or P1D, or seconds such as 90')
  }
}
