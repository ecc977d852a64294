import { allow, type IRules, isAuthenticated, objectRule } from '@vardgraf/access'
import type { Context } from '../context.js'
import type { CareCase, Visit } from '../schema/entities.js'
import { maySeeCase, maySeeVisit } from './visible.js'

/** Hold however the visit or case was reached, beside `references`, which already keep them out of the answer. [A1, R23] */
const concernsVisit = objectRule<Visit, Context>('concernsVisit', ({ fact }, ctx) => maySeeVisit(ctx, fact))
const concernsCase = objectRule<CareCase, Context>('concernsCase', ({ fact }, ctx) => maySeeCase(ctx, fact))

/** WHO may: every type of the schema is listed, and what is not listed is denied. */
export const permissions: IRules = {
  Query: { feeQuote: isAuthenticated },
  Visit: concernsVisit,
  CareCase: concernsCase,
  // Only ever reached from a visit or case that the viewer may see.
  FeeQuote: allow,
}
