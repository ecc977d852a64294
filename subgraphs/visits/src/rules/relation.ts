import type { VisitStatus } from '../generated/prisma/enums.js'

const DAY_MS = 86_400_000
/** A visit makes a care relation until this many days after it. */
const RELATION_DAYS = 30

/** The instant from which visits count: 30 elapsed days ago. */
export const relationSince = (now: Date): Date => new Date(now.getTime() - RELATION_DAYS * DAY_MS)

/** A coming or recent visit gives its unit a care relation (vårdrelation) to the patient; one cancelled longer ago than that gives none. [A1] */
export function givesRelation(visit: { startsAt: Date; status: VisitStatus; cancelledAt: Date | null }, now: Date): boolean {
  const since = relationSince(now)
  if (visit.status === 'CANCELLED' && (visit.cancelledAt === null || visit.cancelledAt < since)) return false
  return visit.startsAt >= since
}
