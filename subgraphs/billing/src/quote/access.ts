import { type CareCaseFact, type VisitFact, visible } from '@vardgraf/access'
import type { Context } from '../context.js'

/**
 * Who may know what a visit costs the patient: whoever may see the visit. The patient; her guardian below 13; staff of the visit's own
 * unit with a current care relation. [R20, R23, A1, A3, A7]
 */
export const visits = visible<VisitFact, Context>('Visit', {
  load: (ctx, id) => ctx.facts.get('visit', id),
  idOf: ({ id }) => id,
  ownedBy: ({ patientId, unitId }) => ({ patientId, unitId }),
  what: 'Visit.feeQuote',
})

/** Who may know what a chat costs: whoever may see the case. Messaging says whose staff that is; nobody's where no unit handles it. */
export const cases = visible<CareCaseFact, Context>('CareCase', {
  load: (ctx, id) => ctx.facts.get('careCase', id),
  idOf: ({ id }) => id,
  ownedBy: ({ patientId, unitId }) => ({ patientId, unitId: unitId ?? '' }),
  what: 'CareCase.feeQuote',
})
