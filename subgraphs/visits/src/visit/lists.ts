import { Access, can, isAuthenticated, isStaff } from '@vardgraf/access'
import { careRelationsSince } from '@vardgraf/policy'
import { type Connection, cursorOf, instant, localKey, pageSize, toVisibleConnection, uuid } from '@vardgraf/relay'
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { CareCase, CareUnit, Patient } from '../neighbours.js'
import { cases, patients, visits } from './access.js'
import { VisitsArgs } from './list-args.js'
import { type PageOf, type PageWish, visitPages } from './pages.js'
import { toVisit, type Visit, VisitConnection } from './schema.js'

/** Lists are null where the viewer may not have them: the same for a patient who does not exist. [A7] */

@Resolver(() => Patient)
export class PatientVisitsResolver {
  @Access(isAuthenticated)
  @FieldResolver(() => VisitConnection, {
    nullable: true,
    description: 'Her visits, earliest first; for staff those of their own unit. Null where the viewer may not see them.',
  })
  async visits(
    @Root() { id }: Patient,
    @Args(() => VisitsArgs) args: VisitsArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<Visit> | null> {
    const patient = await patients.find(ctx, id, { what: 'Patient.visits' })
    return patient && page(ctx, 'patient', patient.id, args, ownUnitOnly(ctx))
  }
}

@Resolver(() => CareCase)
export class CareCaseVisitsResolver {
  @Access(isAuthenticated)
  @FieldResolver(() => VisitConnection, {
    nullable: true,
    description: 'Visits booked from the case, earliest first. Null where the viewer may not see them.',
  })
  async visits(
    @Root() { id }: CareCase,
    @Args(() => VisitsArgs) args: VisitsArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<Visit> | null> {
    const careCase = await cases.find(ctx, id, { what: 'CareCase.visits' })
    return careCase && page(ctx, 'case', careCase.id, args, ownUnitOnly(ctx))
  }
}

@Resolver(() => CareUnit)
export class CareUnitVisitsResolver {
  /** Visits that give the unit a care relation, and no others: older ones are found through their patients. [A1] */
  @Access(isStaff)
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
    const givingRelation = careRelationsSince(ctx.policies, ctx.now())
    // Said twice: by the earliest of all regions the index finds where to begin.
    const earliest = new Date(Math.min(...[...givingRelation.byRegion.values(), givingRelation.elsewhere].map(Number)))
    const from = args.from && args.from > earliest ? args.from : earliest
    return page(ctx, 'unit', unitId, args, { from, givingRelation })
  }
}

const ownUnitOnly = ({ viewer }: Context): Partial<PageWish> => (viewer.kind === 'STAFF' ? { unitId: viewer.unitId } : {})

/** In order of `startsAt`, then id, whatever the list belongs to. */
const places = {
  patient: cursorOf('Patient.visits', instant, uuid),
  unit: cursorOf('CareUnit.visits', instant, uuid),
  case: cursorOf('CareCase.visits', instant, uuid),
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
    await ctx.loader(visitPages).of(owner, key, wish),
    args,
    (row) => visits.maySee(ctx, row),
    (row) => places[owner].at(ctx, key, row.startsAt, row.id),
    toVisit,
  )
}
