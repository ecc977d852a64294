import type { Feature } from '@vardgraf/service'
import type { Context } from './context.js'
import { permissions } from './permissions/index.js'
import { references } from './references.js'
import { CareCaseResolver } from './resolvers/care-case.js'
import { VisitResolver } from './resolvers/visit.js'
import { CareCase, Visit } from './schema/entities.js'

/** The schema of the subgraph: what it answers, and to whom. */
export const features: readonly Feature<Context, object>[] = [
  {
    resolvers: [VisitResolver, CareCaseResolver],
    // Reached by their keys alone.
    types: [Visit, CareCase],
    references,
    permissions,
  },
]
