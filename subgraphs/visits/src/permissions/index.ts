import { allow, type IRules, isAuthenticated, isStaff, objectRule } from '@vardgraf/access'
import type { Context } from '../context.js'
import type { Visit } from '../schema/visit.js'
import { maySeeVisit } from './visible.js'

/** Holds wherever a visit comes from: query, list, payload or reference. [A1, R23] */
const isVisible = objectRule<Visit, Context>('isVisible', (visit, ctx) => maySeeVisit(ctx, visit.row))

/** WHO may: every type of the schema is listed, and what is not listed is denied. */
export const permissions: IRules = {
  Query: { visit: isAuthenticated },
  Mutation: { bookVisitFromCase: isStaff },
  Visit: isVisible,
  CancelDeadline: allow,
  JoinWindow: allow,
  VisitType: allow,
  VisitConnection: allow,
  VisitEdge: allow,
  PageInfo: allow,
  BookVisitFromCasePayload: allow,
  BookingReceipt: allow,
  GeneralRefusal: allow,
  // Ids that the viewer has been given, or brings along; their lists decide for themselves.
  Patient: { id: allow, visits: isAuthenticated },
  CareUnit: { id: allow, visits: isStaff },
  CareCase: { id: allow, visits: isAuthenticated },
}
