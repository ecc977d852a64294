import type { CareCaseFact, VisitFact } from '@vardgraf/access'
import { loggedIfItFails, maySee, NOBODY } from '@vardgraf/access'
import { localId } from '@vardgraf/relay'
import type { Context } from '../context.js'

/** What decides who may see: a part of the fact. */
type Owned<F extends VisitFact | CareCaseFact> = Pick<F, 'id' | 'patientId' | 'unitId'>

/**
 * May the viewer know what this costs the patient? As for the visit or case itself: the patient; her guardian below 13; staff of the
 * unit that has it, with a current care relation. Every look but her own is logged first. [R20, R23, A1, A3]
 */
export const maySeeVisit = (ctx: Context, { id, patientId, unitId }: Owned<VisitFact>): Promise<boolean> =>
  maySee(ctx, { patientId, what: 'Visit.feeQuote', id, unitId })

export const maySeeCase = (ctx: Context, { id, patientId, unitId }: Owned<CareCaseFact>): Promise<boolean> =>
  maySee(ctx, { patientId, what: 'CareCase.feeQuote', id, unitId: unitId ?? '' })

/** The visit behind a global id if the viewer may know of it; null as for one that does not exist, and after as many questions. [A7] */
export async function visibleVisit(ctx: Context, id: string): Promise<VisitFact | null> {
  const visitId = localId(id, 'Visit')
  if (visitId === null || ctx.viewer.kind === 'ANONYMOUS') return null
  const look = { patientId: NOBODY, what: 'Visit.feeQuote', id: visitId }
  const visit = await loggedIfItFails(ctx, look, () => ctx.facts.get('visit', visitId))
  const allowed = await maySeeVisit(ctx, visit ?? nothing(visitId))
  return allowed ? visit : null
}

/** The case behind a global id if the viewer may know of it; null as for one that does not exist, and after as many questions. [A7] */
export async function visibleCase(ctx: Context, id: string): Promise<CareCaseFact | null> {
  const caseId = localId(id, 'CareCase')
  if (caseId === null || ctx.viewer.kind === 'ANONYMOUS') return null
  const look = { patientId: NOBODY, what: 'CareCase.feeQuote', id: caseId }
  const careCase = await loggedIfItFails(ctx, look, () => ctx.facts.get('careCase', caseId))
  const allowed = await maySeeCase(ctx, careCase ?? nothing(caseId))
  return allowed ? careCase : null
}

const nothing = (id: string) => ({ id, patientId: NOBODY, unitId: '' })
