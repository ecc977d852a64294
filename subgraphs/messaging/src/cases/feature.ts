import { type Feature, GeneralRefusal } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { cases as visibleCases } from './access.js'
import { caseFacts } from './facts.js'
import { CareCaseMutations } from './mutations.js'
import { CareCaseResolver, CareUnitCasesResolver, PatientCasesResolver } from './resolvers.js'
import { toCareCase } from './schema.js'

/** What a patient brings to the care, from the first question until somebody has ended it. */
export const cases: Feature<Context, Services> = {
  resolvers: [CareCaseResolver, CareCaseMutations, PatientCasesResolver, CareUnitCasesResolver],
  types: [GeneralRefusal],
  references: { CareCase: visibleCases.reference(toCareCase) },
  facts: caseFacts,
}
