import { visible } from '@vardgraf/access'
import type { Context } from '../context.js'
import { type PersonRow, personById } from './loaders.js'

/** A person is seen as a patient by herself, by who may act for her, and by staff with a care relation. [A1, A3, A7, R20, R23] */
export const patients = visible<PersonRow, Context>('Patient', {
  load: (ctx, id) => ctx.loader(personById).load(id),
  idOf: ({ id }) => id,
  ownedBy: ({ id }) => ({ patientId: id }),
  isPatient: true,
})
