import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { visits } from './access.js'
import { visitFacts } from './facts.js'
import { CareCaseVisitsResolver, CareUnitVisitsResolver, PatientVisitsResolver } from './lists.js'
import { VisitResolver } from './resolvers.js'
import { toVisit } from './schema.js'

/** A visit as it stands: who sees it, its lists, and what other subgraphs ask of it. */
export const visit: Feature<Context, Services> = {
  resolvers: [VisitResolver, PatientVisitsResolver, CareUnitVisitsResolver, CareCaseVisitsResolver],
  references: { Visit: visits.reference(toVisit) },
  facts: visitFacts,
}
