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

/** Who may know of a case. Messaging owns it and names the unit whose staff may; none while no unit handles it. [A1] */
export const cases = visible<CareCaseFact, Context>('CareCase', {
  load: (ctx, id) => ctx.facts.get('careCase', id),
  idOf: ({ id }) => id,
  ownedBy: ({ patientId, unitId }) => ({ patientId, unitId: unitId ?? '' }),
})

/** Who may be told whether a patient has visits: those who may see her as a patient, at any unit. */
export const patients = visible<{ id: string }, Context>('Patient', {
  load: async (_ctx, id) => ({ id }),
  idOf: ({ id }) => id,
  ownedBy: ({ id }) => ({ patientId: id }),
  isPatient: true,
})
