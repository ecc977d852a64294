import { DAY_MS, MINUTE_MS } from '@vardgraf/time'

const SHORTEST_VISIT_MINUTES = 5
const LONGEST_VISIT_MINUTES = 240
/** A later start is taken for a typing error. */
const FARTHEST_AHEAD_DAYS = 731

/** A wish to book. `startsAt` is an instant; the length is in whole minutes. */
export interface Wish {
  startsAt: Date
  durationMinutes: number
}

export type BookingRefusal = 'CASE_NOT_ONGOING' | 'VISIT_IN_THE_PAST' | 'VISIT_TOO_FAR_AHEAD' | 'VISIT_LENGTH_OUT_OF_BOUNDS'

/** Why no visit can be booked from the case as wished, or null. A visit starts after `now`, not at it. [R36] */
export function bookingRefusal(careCase: { ongoing: boolean }, wish: Wish, now: Date): BookingRefusal | null {
  if (!careCase.ongoing) return 'CASE_NOT_ONGOING'
  if (wish.startsAt <= now) return 'VISIT_IN_THE_PAST'
  if (wish.startsAt.getTime() - now.getTime() > FARTHEST_AHEAD_DAYS * DAY_MS) return 'VISIT_TOO_FAR_AHEAD'
  const { durationMinutes } = wish
  if (!(durationMinutes >= SHORTEST_VISIT_MINUTES && durationMinutes <= LONGEST_VISIT_MINUTES))
    return 'VISIT_LENGTH_OUT_OF_BOUNDS'
  return null
}

/** The end of a visit: excluded, so that one visit may start as another ends. Elapsed minutes, also where the clocks are changed. */
export const endOf = ({ startsAt, durationMinutes }: Wish): Date => new Date(startsAt.getTime() + durationMinutes * MINUTE_MS)

/** What a unit is to a booking. */
interface Bookable {
  kind: 'HEALTH_CENTRE' | 'NURSE_LINE_1177' | 'YOUTH_CLINIC' | 'CHILD_HEALTH'
}

/**
 * Where a visit from a case is booked: where the case was started, whichever unit handles it. 1177 receives no patients: a case
 * that was started there is booked at the health centre where the patient is listed; null where there is none. [R36]
 */
export function visitUnit<U extends Bookable>(startedAt: U | null, listedAt: U | null): U | null {
  if (startedAt && startedAt.kind !== 'NURSE_LINE_1177') return startedAt
  return listedAt?.kind === 'HEALTH_CENTRE' ? listedAt : null
}
