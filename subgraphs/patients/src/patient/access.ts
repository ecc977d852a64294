import { maySee } from '@vardgraf/access'
import type { Context } from '../context.js'
import { type Patient, toPatient } from './schema.js'

/** The viewer may see the person as a patient now. A look by anybody but herself is in the access log first, a refused one too. [A1, A3, R20, R23] */
export const maySeePatient = (ctx: Context, personId: string): Promise<boolean> =>
  maySee(ctx, { patientId: personId, what: 'Patient', id: personId })

/**
 * The only way from an id to a patient. Null for one the viewer may not see, exactly as for one that does not exist:
 * the question of access is put first in both cases, so that they also take as long. [A7]
 */
export async function visiblePatient(ctx: Context, personId: string | null): Promise<Patient | null> {
  if (personId === null || !(await maySeePatient(ctx, personId))) return null
  const row = await ctx.load.persons.load(personId)
  return row && toPatient(row)
}
