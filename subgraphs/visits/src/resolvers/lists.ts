import { can, loggedIfItFails, maySee, NOBODY } from '@vardgraf/access'
import { type Connection, cursorOf, instant, localId, localKey, pageSize, toVisibleConnection, uuid } from '@vardgraf/relay'
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import type { PageOf, PageWish } from '../loaders/pages.js'
import { maySeeVisit } from '../permissions/visible.js'
import { relationSince } from '../rules/relation.js'
import { CareCase, CareUnit, Patient } from '../schema/neighbours.js'
import { toVisit, type Visit, VisitConnection } from '../schema/visit.js'
import { VisitsArgs } from '../schema/visits-args.js'

/** Lists are null where the viewer may not have them: the same for a patient who does not exist. [A7] */

@Resolver(() => Patient)
export class PatientVisitsResolver {
  @FieldResolver(() => VisitConnection, {
    nullable: true,
    description: 'Her visits, earliest first; for staff those of their own unit. Null where the viewer may not see them.',
  })
  async visits(
    @Root() { id }: Patient,
    @Args(() => VisitsArgs) args: VisitsArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<Visit> | null> {
    const patientId = localId(id, 'Patient')
    if (!patientId || !(await maySee(ctx, { patientId, what: 'Patient.visits', id: patientId }))) return null
    return page(ctx, 'patientId', patientId, args, ownUnitOnly(ctx))
  }
}

@Resolver(() => CareCase)
export class CareCaseVisitsResolver {
  @FieldResolver(() => VisitConnection, {
    nullable: true,
    description: 'Visits booked from the case, earliest first. Null where the viewer may not see them.',
  })
  async visits(
    @Root() { id }: CareCase,
    @Args(() => VisitsArgs) args: VisitsArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<Visit> | null> {
    const caseId = localId(id, 'CareCase')
    if (!caseId) return null
    const look = { patientId: NOBODY, what: 'CareCase.visits', id: caseId }
    const careCase = await loggedIfItFails(ctx, look, () => ctx.facts.get('careCase', caseId))
    const allowed = await maySee(ctx, { ...look, patientId: careCase?.patientId ?? NOBODY, unitId: careCase?.unitId ?? '' })
    if (!careCase || !allowed) return null
    return page(ctx, 'caseId', caseId, args, ownUnitOnly(ctx))
  }
}

@Resolver(() => CareUnit)
export class CareUnitVisitsResolver {
  /** Visits that give the unit a care relation, and no others: older ones are found through their patients. [A1] */
  @FieldResolver(() => VisitConnection, {
    nullable: true,
    description: 'Coming visits and those of the last 30 days, earliest first. Null for others than care staff of the unit.',
  })
  async visits(
    @Root() { id }: CareUnit,
    @Args(() => VisitsArgs) args: VisitsArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<Visit> | null> {
    const unitId = localKey(id, 'CareUnit')
    if (ctx.viewer.kind !== 'STAFF' || ctx.viewer.unitId !== unitId || !can(ctx.viewer, 'CARE')) return null
    const since = relationSince(ctx.now())
    const from = args.from && args.from > since ? args.from : since
    return page(ctx, 'unitId', unitId, args, { from, notCancelledBefore: since })
  }
}

const ownUnitOnly = ({ viewer }: Context): Partial<PageWish> => (viewer.kind === 'STAFF' ? { unitId: viewer.unitId } : {})

/** In order of `startsAt`, then id, whatever the list belongs to. */
const places = {
  patientId: cursorOf('Patient.visits', instant, uuid),
  unitId: cursorOf('CareUnit.visits', instant, uuid),
  caseId: cursorOf('CareCase.visits', instant, uuid),
} as const satisfies Record<PageOf, unknown>

async function page(
  ctx: Context,
  owner: PageOf,
  key: string,
  args: VisitsArgs,
  narrowed: Partial<PageWish>,
): Promise<Connection<Visit>> {
  const limit = pageSize(args) + 1
  const [startsAt, id] = places[owner].behind(ctx, key, args.after) ?? []
  const after = startsAt && id ? { startsAt, id } : undefined
  const wish = { from: args.from ?? undefined, to: args.to ?? undefined, after, limit, ...narrowed }
  return toVisibleConnection(
    await ctx.pages.of(owner, key, wish),
    args,
    (row) => maySeeVisit(ctx, row),
    (row) => places[owner].at(ctx, key, row.startsAt, row.id),
    toVisit,
  )
}
