import { maySee } from '@vardgraf/subgraph'
import type { Context } from '../context.js'
import type { VisitRow } from '../database.js'

/** Nobody's id: asked about where there is nothing, so that the answer takes as long as for what may not be seen. [A7] */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * May the viewer know of this visit now? The patient; her guardian below 13; staff of the visit's own unit with a current care
 * relation. What other units hold stays closed to staff until the patient consents. Every look but her own is logged first.
 * [R20, R23, A1, A3]
 */
export async function maySeeVisit(ctx: Context, visit: Pick<VisitRow, 'id' | 'patientId' | 'unitId'>): Promise<boolean> {
  const access = { patientId: visit.patientId, what: 'Visit', id: visit.id }
  if (ctx.viewer.kind === 'STAFF' && ctx.viewer.unitId !== visit.unitId) {
    await ctx.audit.access({ ...access, refused: true })
    return false
  }
  return maySee(ctx, access)
}

/** The visit if the viewer may know of it; null as for one that does not exist. [A7] */
export async function visibleVisit(ctx: Context, id: string | null): Promise<VisitRow | null> {
  if (id === null || ctx.viewer.kind === 'ANONYMOUS') return null
  const visit = await ctx.visits.load(id)
  const allowed = await maySeeVisit(ctx, visit ?? { id, patientId: NOBODY, unitId: '' })
  return allowed ? visit : null
}
