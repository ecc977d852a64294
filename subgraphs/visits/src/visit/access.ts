import { type CareCaseFact, visible } from '@vardgraf/access'
import type { Context } from '../context.js'
import type { VisitRow } from '../database.js'
import { visitById } from './loaders.js'

/**
 * Who may see a visit: the patient; her guardian below 13; staff of the visit's own unit with a current care relation. What other units
 * hold stays closed to staff until the patient consents. [R20, R23, A1, A3, A7]
 */
export const visits = visible<VisitRow, Context>('Visit', {
  load: (ctx, id) => ctx.loader(visitById).load(id),
  idOf: ({ id }) => id,
  ownedBy: ({ patientId, unitId }) => ({ patientId, unitId }),
})

/** Who may know of a case, which messaging owns: it says whose staff that is, and no unit's where nobody handles it. [A1] */
export const cases = visible<CareCaseFact, Context>('CareCase', {
  load: (ctx, id) => ctx.facts.get('careCase', id),
  idOf: ({ id }) => id,
  ownedBy: ({ patientId, unitId }) => ({ patientId, unitId: unitId ?? '' }),
})

/** Who may be told whether a patient has visits: whoever may see her as a patient, at whatever unit. */
export const patients = visible<{ id: string }, Context>('Patient', {
  load: async (_ctx, id) => ({ id }),
  idOf: ({ id }) => id,
  ownedBy: ({ id }) => ({ patientId: id }),
  isPatient: true,
})
