import { maySee, NOBODY } from '@vardgraf/access'
import type { Context } from '../context.js'
import type { VisitRow } from '../database.js'

/**
 * May the viewer know of this visit now? The patient; her guardian below 13; staff of the visit's own unit with a current care
 * relation. What other units hold stays closed to staff until the patient consents. Every look but her own is logged first.
 * [R20, R23, A1, A3]
 */
export const maySeeVisit = (ctx: Context, { id, patientId, unitId }: Pick<VisitRow, 'id' | 'patientId' | 'unitId'>) =>
  maySee(ctx, { patientId, what: 'Visit', id, unitId })

/** The visit if the viewer may know of it; null as for one that does not exist. [A7] */
export async function visibleVisit(ctx: Context, id: string | null): Promise<VisitRow | null> {
  if (id === null || ctx.viewer.kind === 'ANONYMOUS') return null
  const visit = await ctx.visits.load(id)
  const allowed = await maySeeVisit(ctx, visit ?? { id, patientId: NOBODY, unitId: '' })
  return allowed ? visit : null
}
