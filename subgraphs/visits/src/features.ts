import { type Feature, GeneralRefusal } from '@vardgraf/service'
import type { Context } from './context.js'
import { permissions } from './permissions/index.js'
import { references } from './references.js'
import { BookVisitResolver } from './resolvers/book-visit.js'
import { CareCaseVisitsResolver, CareUnitVisitsResolver, PatientVisitsResolver } from './resolvers/lists.js'
import { BookingReceiptResolver, VisitResolver } from './resolvers/visit.js'

/** The graph of this subgraph: what it answers, and to whom. */
export const features: readonly Feature<Context, object>[] = [
  {
    resolvers: [
      VisitResolver,
      PatientVisitsResolver,
      CareUnitVisitsResolver,
      CareCaseVisitsResolver,
      BookVisitResolver,
      BookingReceiptResolver,
    ],
    types: [GeneralRefusal],
    references,
    permissions,
  },
]
