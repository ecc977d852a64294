import { can, mayActFor, maySee, NOBODY } from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import { localId } from '@vardgraf/relay'
import type { Author } from '../change.js'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import { isHandledBy } from './rules.js'

/** WHO may see a case now, without a word in the access log: the patient, her guardian below 13, care staff of the unit that handles it. [R20, R23, A1] */
export async function mayFollow(ctx: Context, row: CareCaseRow): Promise<boolean> {
  const { viewer } = ctx
  if (viewer.kind === 'STAFF') return can(viewer, 'CARE') && isHandledBy(row, viewer.unitId, ctx.now())
  return mayActFor(ctx, row.patientId)
}

/** WHO may see a unit's queue: those of its staff whose role it concerns. [A1] */
export const seesQueueOf = ({ viewer }: Pick<Context, 'viewer'>, unitId: string): boolean =>
  viewer.kind === 'STAFF' && viewer.unitId === unitId && can(viewer, 'QUEUE')

/** WHO may be told of all that a unit has in hand: its care staff. [A1] */
export const hasCasesInHand = (ctx: Pick<Context, 'viewer'>, unitId: string | null): boolean =>
  ctx.viewer.kind === 'STAFF' && ctx.viewer.unitId === unitId && can(ctx.viewer, 'CARE')

/** The same before data leaves: the look is logged first, and a refused one as well. [A3] */
export async function maySeeCase(ctx: Context, row: CareCaseRow): Promise<boolean> {
  const look = { patientId: row.patientId, what: 'CareCase', id: row.id }
  if (ctx.viewer.kind !== 'STAFF') return maySee(ctx, look)
  const allowed = await mayFollow(ctx, row)
  await ctx.audit.access({ ...look, refused: !allowed })
  return allowed
}

/** May the viewer be told whether a patient has cases at all? Logged as every look. [A3] */
export const maySeeCasesOf = (ctx: Context, patientId: string): Promise<boolean> =>
  maySee(ctx, { patientId, what: 'Patient.careCases', id: patientId })

/** The case behind a global id if the viewer may see it; null as for one that does not exist. [A7] */
export async function visibleCase(ctx: Context, globalCaseId: string): Promise<CareCaseRow | null> {
  const id = localId(globalCaseId, 'CareCase')
  if (id === null || ctx.viewer.kind === 'ANONYMOUS') return null
  const row = await ctx.loaders.caseById.load(id)
  if (row) return (await maySeeCase(ctx, row)) ? row : null
  return lookAtNothing(ctx, id)
}

/** Takes the steps of a refused look where there is nothing to look at. [A7] */
export async function lookAtNothing(ctx: Context, id: string): Promise<null> {
  const look = { patientId: NOBODY, what: 'CareCase', id }
  await (ctx.viewer.kind === 'STAFF' ? ctx.audit.access({ ...look, refused: true }) : maySee(ctx, look))
  return null
}

/** @throws GraphError NOT_FOUND where there is no case that the viewer can see. */
export async function requireCase(ctx: Context, globalCaseId: string): Promise<CareCaseRow> {
  const row = await visibleCase(ctx, globalCaseId)
  if (!row) throw new GraphError('NOT_FOUND', {}, ctx.language)
  return row
}

/** For streams, which shield does not guard: who has not logged in is told so, as in a query. @throws GraphError UNAUTHENTICATED */
export function requireLogin({ viewer, language }: Pick<Context, 'viewer' | 'language'>): void {
  if (viewer.kind === 'ANONYMOUS') throw new GraphError('UNAUTHENTICATED', {}, language)
}

/** The viewer as the one who makes a change to a patient's case. */
export function actorOf({ viewer, language }: Pick<Context, 'viewer' | 'language'>, patientId: string): Author {
  if (viewer.kind === 'STAFF') return { kind: 'STAFF', id: viewer.staffId }
  if (viewer.kind === 'PATIENT') return { kind: viewer.personId === patientId ? 'PATIENT' : 'GUARDIAN', id: viewer.personId }
  throw new GraphError('UNAUTHENTICATED', {}, language)
}
