import { MINUTE_MS } from '@vardgraf/time'
import type { VisitChannel, VisitStatus } from '../generated/prisma/enums.js'

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

/** No state follows: the visit is over, or will never be held. */
export const isFinal = (status: VisitStatus): boolean => next[status].length === 0

/** States in which a visit takes the patient's time; the constraint visit_no_overlap names the same. */
export const takingTime = ['PROPOSED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS'] as const satisfies readonly VisitStatus[]
const takesTime = (status: VisitStatus): boolean => (takingTime as readonly VisitStatus[]).includes(status)

interface Span {
  startsAt: Date
  endsAt: Date
  status: VisitStatus
}

/** The two cannot both be attended. As SQL: `overlapsSql`. [R36] */
export function overlaps(a: Span, b: Span): boolean {
  if (!takesTime(a.status) || !takesTime(b.status)) return false
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt
}

/**
 * A coming or recent visit gives its unit a care relation (vårdrelation) to the patient; one that was cancelled earlier gives none. `since`
 * is `careRelationSince` of the visit's region: that instant counts. As SQL: `givesRelationSql`. [A1]
 */
export function givesRelation(visit: { startsAt: Date; status: VisitStatus; cancelledAt: Date | null }, since: Date): boolean {
  if (visit.status === 'CANCELLED' && (visit.cancelledAt === null || visit.cancelledAt < since)) return false
  return visit.startsAt >= since
}

/** When participants can enter a digital visit. Both instants are included. */
export interface JoinWindow {
  opensAt: Date
  closesAt: Date
}

/** Channels of a video meeting; the others are a physical visit and a phone call. [R1] */
const digitalChannels = ['APP', 'WEB'] as const satisfies readonly VisitChannel[]
const isDigital = (channel: VisitChannel): boolean => (digitalChannels as readonly VisitChannel[]).includes(channel)

/** A digital visit can be entered from some minutes before its start, by the region's policy, until its end; null for other visits. [R12] */
export function joinWindow(
  visit: { channel: VisitChannel; startsAt: Date; endsAt: Date },
  opensMinutesBefore: number,
): JoinWindow | null {
  if (!isDigital(visit.channel)) return null
  return { opensAt: new Date(visit.startsAt.getTime() - opensMinutesBefore * MINUTE_MS), closesAt: visit.endsAt }
}
