import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { TriageMutations } from './mutations.js'
import { OpenCaseExists, TriageIncomplete } from './payloads.js'
import { CareCaseTriageResolver } from './resolvers.js'

/** The first assessment of a case by questions, and what a patient who gets worse answers anew. */
export const triage: Feature<Context, Services> = {
  resolvers: [TriageMutations, CareCaseTriageResolver],
  types: [TriageIncomplete, OpenCaseExists],
}
