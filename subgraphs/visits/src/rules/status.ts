import type { VisitStatus } from '../generated/prisma/enums.js'

/** Where a visit may go from each state: PROPOSED → BOOKED → CHECKED_IN → IN_PROGRESS → FULFILLED, or CANCELLED, or NO_SHOW. */
const next = {
  PROPOSED: ['BOOKED', 'CANCELLED'],
  BOOKED: ['CHECKED_IN', 'CANCELLED', 'NO_SHOW'],
  CHECKED_IN: ['IN_PROGRESS', 'CANCELLED', 'NO_SHOW'],
  IN_PROGRESS: ['FULFILLED'],
  FULFILLED: [],
  CANCELLED: [],
  NO_SHOW: [],
} as const satisfies Record<VisitStatus, readonly VisitStatus[]>

/** Whether a visit in one state may be put in another. A state is not followed by itself. */
export function mayBecome(from: VisitStatus, to: VisitStatus): boolean {
  return (next[from] as readonly VisitStatus[]).includes(to)
}

/** Nothing follows: the visit is over, or will never be. */
export const isFinal = (status: VisitStatus): boolean => next[status].length === 0
