import { GraphError } from '@vardgraf/errors'
import { localId } from '@vardgraf/relay'
import type { IRule } from 'graphql-shield'
import { loggedIfItFails, mayFollow, maySee, NOBODY, type Owner, type PatientData } from './access.js'
import type { AccessContext } from './context.js'
import { objectRule } from './permissions.js'

/** What a look is at, where it is not at the thing itself: one of its fields, or for a mutation. As the access log tells it. */
export type Look = Partial<Pick<PatientData, 'what' | 'reason'>>

/** What decides who may see a type. `R` is its row. */
interface Decision<R, C> {
  /** The id alone decides: nothing is read of what the viewer may not see. */
  decidesFirst?: boolean
  /** As the access log names it. */
  what: string
  /** By the uuid of a global id; null where there is none. */
  load(ctx: C, id: string): Promise<R | null>
  /** Decides about the row, or about nothing in as many steps. The look is in the access log before the answer is known. */
  decide(ctx: C, row: R | null, id: string, look?: Look): Promise<boolean>
  /** The same about a row, without the access log. */
  mayFollow(ctx: C, row: R): Promise<boolean>
  /** The id that stands in the access log for a row. */
  idOf(row: R): string
}

/** "May see, or it is not there": the one way from an id to a thing of a patient's, and from the thing to its fields. */
export interface Visible<R, C extends AccessContext> extends Decision<R, C> {
  /** The thing behind a global id if the viewer may see it now; null as for one that does not exist, after as many questions. [A7] */
  find(ctx: C, globalId: string, look?: Look): Promise<R | null>
  /** @throws GraphError NOT_FOUND where `find` gives null. */
  require(ctx: C, globalId: string, look?: Look): Promise<R>
  /** May the viewer see this row now? Everybody's look but the patient's own is in the access log first. [A3] */
  maySee(ctx: C, row: R, look?: Look): Promise<boolean>
  /** Resolves a reference of the gateway: the entity as the graph shows it, or null. */
  reference<T extends object>(show: (row: R) => T): (reference: { id: string }, ctx: C) => Promise<T | null>
  /** Guards the fields of an object `{ row }`, however it was reached: query, list, payload, stream or reference. */
  rule: IRule
}

interface VisibleOptions<R, C> {
  load(ctx: C, id: string): Promise<R | null>
  /** Whose it is. */
  ownedBy(row: R): Owner
  /** Decides for staff, where that is not by care relation and unit. */
  staff?(ctx: C, row: R): boolean | Promise<boolean>
  /** As the access log names it; else the type's name. */
  what?: string
  idOf(row: R): string
  /** The type is the patient herself: her id says whose she is, so she is read after the decision, and an unknown id is asked about as hers. */
  isPatient?: boolean
}

/** Declares who may see a type: the patient, her guardian below 13, staff concerned; nobody else. [R20, R23, A1, A3, A7] */
export function visible<R, C extends AccessContext>(type: string, options: VisibleOptions<R, C>): Visible<R, C> {
  const { load, ownedBy, staff, what = type, idOf, isPatient = false } = options
  const nothing = (id: string): Owner => (isPatient ? { patientId: id } : { patientId: NOBODY, unitId: '' })
  const byStaff = (ctx: C, row: R | null) => staff && (() => row !== null && staff(ctx, row))
  return visibleBy(type, {
    decidesFirst: isPatient,
    what,
    load,
    decide: (ctx, row, id, look) =>
      maySee(ctx, { ...(row === null ? nothing(id) : ownedBy(row)), what, id, ...look }, byStaff(ctx, row)),
    mayFollow: (ctx, row) => mayFollow(ctx, ownedBy(row), byStaff(ctx, row)),
    idOf,
  })
}

interface PartOptions<R, C> {
  load(ctx: C, id: string): Promise<R | null>
  /** Uuid of the thing that the row is part of. */
  wholeId(row: R): string
}

/** Declares a type as part of another: who sees the whole sees the part, and the access log tells of the whole. */
export function partOf<R, W, C extends AccessContext>(
  type: string,
  whole: Visible<W, C>,
  { load, wholeId }: PartOptions<R, C>,
): Visible<R, C> {
  return visibleBy(type, {
    what: whole.what,
    load,
    decide: async (ctx, row, id, look) => {
      const key = row === null ? id : wholeId(row)
      return whole.decide(ctx, await whole.load(ctx, key), key, look)
    },
    mayFollow: async (ctx, row) => {
      const found = await whole.load(ctx, wholeId(row))
      return found !== null && whole.mayFollow(ctx, found)
    },
    idOf: wholeId,
  })
}

function visibleBy<R, C extends AccessContext>(type: string, decision: Decision<R, C>): Visible<R, C> {
  const { decidesFirst = false, what, load, decide, idOf } = decision
  const find: Visible<R, C>['find'] = async (ctx, globalId, look) => {
    const id = localId(globalId, type)
    if (id === null || ctx.viewer.kind === 'ANONYMOUS') return null
    if (decidesFirst) return (await decide(ctx, null, id, look)) ? load(ctx, id) : null
    const row = await loggedIfItFails(ctx, { patientId: NOBODY, what, id, ...look }, () => load(ctx, id))
    return (await decide(ctx, row, id, look)) ? row : null
  }
  const mayShow: Visible<R, C>['maySee'] = (ctx, row, look) => decide(ctx, row, idOf(row), look)
  return {
    ...decision,
    find,
    require: async (ctx, globalId, look) => {
      const row = await find(ctx, globalId, look)
      if (row === null) throw new GraphError('NOT_FOUND', {}, ctx.language)
      return row
    },
    maySee: mayShow,
    reference:
      (show) =>
      async ({ id }, ctx) => {
        const row = await find(ctx, id)
        return row === null ? null : show(row)
      },
    rule: objectRule<{ row: R }, C>(`sees ${type}`, ({ row }, ctx) => mayShow(ctx, row)),
  }
}
