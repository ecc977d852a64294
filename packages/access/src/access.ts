import type { Access } from './audit.js'
import { can } from './capabilities.js'
import type { AccessContext } from './context.js'

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
export async function mayActFor(ctx: AccessContext, patientId: string): Promise<boolean> {
  if (ctx.viewer.kind !== 'PATIENT') return false
  if (ctx.viewer.personId === patientId) return true
  return ctx.facts.get('guardianship', { guardianId: ctx.viewer.personId, childId: patientId })
}

/**
 * The viewer gives care at a unit with a current care relation to the patient (vårdrelation), by a case or a visit. [A1]
 * @throws GraphError FACTS_UNAVAILABLE when an owner does not answer and no other says yes: nobody is let in by an outage, and nobody
 * whom one owner knows is shut out by another's.
 */
export async function hasCareRelation(ctx: AccessContext, patientId: string): Promise<boolean> {
  const { viewer } = ctx
  if (viewer.kind !== 'STAFF' || !can(viewer, 'CARE')) return false
  const key = { patientId, unitId: viewer.unitId }
  return anyYes([ctx.facts.get('caseRelation', key), ctx.facts.get('visitRelation', key)])
}

/** True with the first yes; false when all say no. @throws what the first of those threw that gave no answer, when none says yes. */
async function anyYes(questions: readonly Promise<boolean>[]): Promise<boolean> {
  const no = Symbol('no')
  const yes = questions.map((question) => question.then((answer) => answer || Promise.reject(no)))
  return Promise.any(yes).catch(({ errors }: AggregateError) => {
    const failure = errors.find((error) => error !== no)
    if (failure === undefined) return false
    throw failure
  })
}

/**
 * May the viewer see this patient's data now? The patient herself always; anybody else's look is stored in the access log first,
 * and a refused one as well. Another unit's staff cost the same questions as her own without a relation. [A1, A3, A7, R20, R23]
 */
export async function maySee(ctx: AccessContext, { unitId, ...look }: PatientData): Promise<boolean> {
  const { viewer } = ctx
  if (viewer.kind === 'ANONYMOUS') return false
  if (viewer.kind === 'PATIENT' && viewer.personId === look.patientId) return true
  return logged(ctx, look, async () => {
    if (viewer.kind !== 'STAFF') return mayActFor(ctx, look.patientId)
    return (await hasCareRelation(ctx, look.patientId)) && (unitId === undefined || unitId === viewer.unitId)
  })
}

/** A decision about a look, stored in the access log before it is known; one that cannot be made is stored as refused. [A3] */
export async function logged(
  ctx: AccessContext,
  look: Omit<Access, 'refused'>,
  decide: () => Promise<boolean>,
): Promise<boolean> {
  const allowed = await loggedIfItFails(ctx, look, decide)
  await ctx.audit.access({ ...look, refused: !allowed })
  return allowed
}

/** What a look needs to know before it can be decided: when it cannot be had, the look is stored as refused. [A3] */
export async function loggedIfItFails<T>(ctx: AccessContext, look: Omit<Access, 'refused'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await ctx.audit.access({ ...look, refused: true })
    throw error
  }
}
