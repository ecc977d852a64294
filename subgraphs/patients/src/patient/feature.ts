import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { patients } from './access.js'
import { personFacts } from './facts.js'
import { PatientResolver } from './resolvers.js'
import { toPatient } from './schema.js'

export const patient: Feature<Context, Services> = {
  resolvers: [PatientResolver],
  references: { Patient: patients.reference(toPatient) },
  facts: personFacts,
}
