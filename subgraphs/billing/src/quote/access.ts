import { type CareCaseFact, type VisitFact, visible } from '@vardgraf/access'
import type { Context } from '../context.js'

/**
 * Who may know what a visit costs the patient: those who may see the visit. That is the patient; her guardian below 13; staff of the visit's own
 * unit with a current care relation. [R20, R23, A1, A3, A7]
 */
export const visits = visible<VisitFact, Context>('Visit', {
  load: (ctx, id) => ctx.facts.get('visit', id),
  idOf: ({ id }) => id,
  ownedBy: ({ patientId, unitId }) => ({ patientId, unitId }),
  what: 'Visit.feeQuote',
})

/** Who may know what a chat costs: those who may see the case. Messaging names the unit whose staff may; none while no unit handles it. */
export const cases = visible<CareCaseFact, Context>('CareCase', {
  load: (ctx, id) => ctx.facts.get('careCase', id),
  idOf: ({ id }) => id,
  ownedBy: ({ patientId, unitId }) => ({ patientId, unitId: unitId ?? '' }),
  what: 'CareCase.feeQuote',
})
