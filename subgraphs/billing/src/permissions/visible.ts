import { type CareCaseFact, localId, maySee, type PatientData, type VisitFact } from '@vardgraf/subgraph'
import type { Context } from '../context.js'

/**
 * May the viewer know what this costs the patient? As for the visit or case itself: the patient; her guardian below 13; staff of the
 * unit that has it, with a current care relation. Every look but her own is logged first. [R20, R23, A1, A3]
 */
async function maySeeAt(ctx: Context, unitId: string, data: PatientData): Promise<boolean> {
  if (ctx.viewer.kind === 'STAFF' && ctx.viewer.unitId !== unitId) {
    await ctx.audit.access({ ...data, refused: true })
    return false
  }
  return maySee(ctx, data)
}

export const maySeeVisit = (ctx: Context, { id, patientId, unitId }: VisitFact): Promise<boolean> =>
  maySeeAt(ctx, unitId, { patientId, what: 'Visit.feeQuote', id })

export const maySeeCase = (ctx: Context, { id, patientId, unitId }: CareCaseFact): Promise<boolean> =>
  maySeeAt(ctx, unitId, { patientId, what: 'CareCase.feeQuote', id })

/** The visit behind a global id if the viewer may know of it; null as for one that does not exist. [A7] */
export async function visibleVisit(ctx: Context, id: string): Promise<VisitFact | null> {
  const visitId = localId(id, 'Visit')
  const visit = visitId && ctx.viewer.kind !== 'ANONYMOUS' ? await ctx.facts.get('visit', visitId) : null
  return visit && (await maySeeVisit(ctx, visit)) ? visit : null
}

/** The case behind a global id if the viewer may know of it; null as for one that does not exist. [A7] */
export async function visibleCase(ctx: Context, id: string): Promise<CareCaseFact | null> {
  const caseId = localId(id, 'CareCase')
  const careCase = caseId && ctx.viewer.kind !== 'ANONYMOUS' ? await ctx.facts.get('careCase', caseId) : null
  return careCase && (await maySeeCase(ctx, careCase)) ? careCase : null
}
