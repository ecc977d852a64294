import type { RequestContext } from './context.js'

/** A thing that belongs to a patient, as the access log names it. */
export interface PatientData {
  patientId: string
  /** The type, such as `CareCase`. */
  what: string
  /** Its id within the subgraph. */
  id: string
  /** HSA-id of the only unit whose staff may see it; without one, those of every unit with a care relation. */
  unitId?: string
}

/** Nobody's id: asked about where there is nothing, so that the answer takes as long as for what may not be seen. [A7] */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The viewer is the patient, or a guardian who may act for her now: never from her 13th birthday. [R20, R23] */
export async function mayActFor(ctx: RequestContext, patientId: string): Promise<boolean> {
  if (ctx.viewer.kind !== 'PATIENT') return false
  if (ctx.viewer.personId === patientId) return true
  return ctx.facts.get('guardianship', { guardianId: ctx.viewer.personId, childId: patientId })
}

/** The viewer is staff at a unit with a current care relation to the patient (vårdrelation). [A1] */
export async function hasCareRelation(ctx: RequestContext, patientId: string): Promise<boolean> {
  if (ctx.viewer.kind !== 'STAFF') return false
  const key = { patientId, unitId: ctx.viewer.unitId }
  const related = await Promise.all([ctx.facts.get('caseRelation', key), ctx.facts.get('visitRelation', key)])
  return related.includes(true)
}

/**
 * May the viewer see this patient's data now? The patient herself always; anybody else's look is stored in the access log first,
 * and a refused one as well. Another unit's staff cost the same questions as her own without a relation. [A1, A3, A7, R20, R23]
 */
export async function maySee(ctx: RequestContext, { unitId, ...look }: PatientData): Promise<boolean> {
  const { viewer } = ctx
  if (viewer.kind === 'ANONYMOUS') return false
  if (viewer.kind === 'PATIENT' && viewer.personId === look.patientId) return true
  const concerned = viewer.kind === 'STAFF' ? await hasCareRelation(ctx, look.patientId) : await mayActFor(ctx, look.patientId)
  const allowed = concerned && (viewer.kind !== 'STAFF' || unitId === undefined || unitId === viewer.unitId)
  await ctx.audit.access({ ...look, refused: !allowed })
  return allowed
}
