import type { AuditEntry } from './audit.js'
import { can } from './capabilities.js'
import type { AccessContext } from './context.js'

/** Whose a thing is. */
export interface Owner {
  patientId: string
  /** HSA-id of the only unit whose staff may see it; without one, those of every unit with a care relation. */
  unitId?: string
}

/** A thing that belongs to a patient, as the access log names it. */
export interface PatientData extends Owner {
  /** The type, such as `CareCase`. */
  what: string
  /** Its id within the subgraph. */
  id: string
  /** Why it was looked at, where that is not the type's own field: the mutation. */
  reason?: string
}

/** The id of no patient: asked about where there is nothing, so that the answer takes as long as for what may not be seen. [A7] */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The viewer is the patient, or a guardian who may act for her now: never from her 13th birthday. [R20, R23] */
export async function mayActFor(ctx: AccessContext, patientId: string): Promise<boolean> {
  if (ctx.viewer.kind !== 'PATIENT') return false
  if (ctx.viewer.personId === patientId) return true
  return ctx.facts.get('guardianship', { guardianId: ctx.viewer.personId, childId: patientId })
}

/**
 * The viewer gives care at a unit with a current care relation to the patient (vårdrelation), by a case or a visit. [A1]
 * @throws GraphError FACTS_UNAVAILABLE when an owner does not answer and no other says yes. So an outage of one owner lets nobody in, and
 * shuts out no one with a relation that the other knows.
 */
export async function hasCareRelation(ctx: AccessContext, patientId: string): Promise<boolean> {
  const { viewer } = ctx
  if (viewer.kind !== 'STAFF' || !can(viewer, 'CARE')) return false
  const key = { patientId, unitId: viewer.unitId }
  return anyYes([ctx.facts.get('caseRelation', key), ctx.facts.get('visitRelation', key)])
}

/** True with the first yes, false when all say no. @throws the first failure, when some failed and none says yes. */
async function anyYes(questions: readonly Promise<boolean>[]): Promise<boolean> {
  const no = Symbol('no')
  const yes = questions.map((question) => question.then((answer) => answer || Promise.reject(no)))
  return Promise.any(yes).catch(({ errors }: AggregateError) => {
    const failure = errors.find((error) => error !== no)
    if (failure === undefined) return false
    throw failure
  })
}

/** Whether staff may see a thing, where its own state decides and not a care relation. */
export type StaffDecision = () => boolean | Promise<boolean>

/**
 * May the viewer see this patient's data now? Writes no access log: for streams, which log when they show something. For staff of another
 * unit it asks as many questions as for staff of the thing's own unit. [A1, A7, R20, R23]
 */
export async function mayFollow(ctx: AccessContext, { patientId, unitId }: Owner, staff?: StaffDecision): Promise<boolean> {
  const { viewer } = ctx
  if (viewer.kind !== 'STAFF') return mayActFor(ctx, patientId)
  if (staff) return staff()
  return (await hasCareRelation(ctx, patientId)) && (unitId === undefined || unitId === viewer.unitId)
}

/**
 * The same, before data leaves. The patient may always see her own. Any other look is stored in the access log first, also a refused
 * one. [A3]
 */
export async function maySee(ctx: AccessContext, { unitId, ...look }: PatientData, staff?: StaffDecision): Promise<boolean> {
  const { viewer } = ctx
  if (viewer.kind === 'ANONYMOUS') return false
  if (viewer.kind === 'PATIENT' && viewer.personId === look.patientId) return true
  const owner: Owner = { patientId: look.patientId, ...(unitId !== undefined && { unitId }) }
  return logged(ctx, look, () => mayFollow(ctx, owner, staff))
}

/** Decides about a look. The decision is in the access log before the caller knows it; a decision that fails is logged as refused. [A3] */
export async function logged(
  ctx: AccessContext,
  look: Omit<AuditEntry, 'refused'>,
  decide: () => Promise<boolean>,
): Promise<boolean> {
  const allowed = await loggedIfItFails(ctx, look, decide)
  await ctx.audit.access({ ...look, refused: !allowed })
  return allowed
}

/** Reads what the decision about a look needs; when that fails, the look is stored as refused. [A3] */
export async function loggedIfItFails<T>(
  ctx: AccessContext,
  look: Omit<AuditEntry, 'refused'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // When the access log is away too, the first failure is what the caller is told.
    await ctx.audit.access({ ...look, refused: true }).catch(() => {})
    throw error
  }
}
