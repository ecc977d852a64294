import { can, maySee, type PersonFact, visible } from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import { careRelationsSince } from '@vardgraf/policy'
import { localId } from '@vardgraf/relay'
import type { Author } from '../change.js'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import { caseById } from './loaders.js'
import { isHandledBy } from './rules.js'

/** WHO sees a case: the patient, her guardian below 13, care staff of the unit that handles it. [R20, R23, A1, A3, A7] */
export const cases = visible<CareCaseRow, Context>('CareCase', {
  load: (ctx, id) => ctx.loader(caseById).load(id),
  idOf: ({ id }) => id,
  ownedBy: ({ patientId }) => ({ patientId }),
  staff: (ctx, row) => isConcerned(ctx, row),
})

/** The viewer is care staff of the unit that handles the case. [A1] */
export const isConcerned = ({ viewer, policies, now }: Context, row: CareCaseRow, at: Date = now()): boolean =>
  viewer.kind === 'STAFF' && can(viewer, 'CARE') && isHandledBy(row, viewer.unitId, careRelationsSince(policies, at))

/** WHO may be told of all that a unit has in hand: its care staff. [A1] */
export const hasCasesInHand = ({ viewer }: Pick<Context, 'viewer'>, unitId: string | null): boolean =>
  viewer.kind === 'STAFF' && viewer.unitId === unitId && can(viewer, 'CARE')

/** May the viewer be told whether a patient has cases at all? Logged as every look. [A3] */
export const maySeeCasesOf = (ctx: Context, patientId: string): Promise<boolean> =>
  maySee(ctx, { patientId, what: 'Patient.careCases', id: patientId })

/**
 * The patient of a request that only she or her guardian may make; for anybody else the patient does not exist. [R20] [R23] [A7]
 * @throws GraphError NOT_FOUND
 */
export async function requirePatient(ctx: Context, patientId: string | null): Promise<PersonFact> {
  const { viewer } = ctx
  const id = patientId === null ? (viewer.kind === 'PATIENT' ? viewer.personId : null) : localId(patientId, 'Patient')
  const allowed = id !== null && viewer.kind === 'PATIENT' && (await maySee(ctx, { patientId: id, what: 'Patient', id }))
  const person = allowed ? await ctx.facts.get('person', id) : null
  if (!person) throw new GraphError('NOT_FOUND', {}, ctx.language)
  return person
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
