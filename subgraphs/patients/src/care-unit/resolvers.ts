import { Access, allow } from '@vardgraf/access'
import { closesAt, nextOpening, openAt, openingsOn, type Schedule } from '@vardgraf/policy'
import { type Connection, pageSize, toConnection } from '@vardgraf/relay'
import { zoned } from '@vardgraf/time'
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { findCareUnit } from './access.js'
import { unitPlace } from './cursors.js'
import { careUnitsBehind } from './loaders.js'
import { CareUnit, CareUnitConnection, CareUnitsArgs, OpeningDay, toCareUnit } from './schema.js'

/** How far ahead opening hours are told: today and the six days after. */
const OPENING_DAYS = 7

@Resolver(() => CareUnit)
export class CareUnitResolver {
  @Access(allow)
  @Query(() => CareUnit, { nullable: true, description: 'A care unit by HSA-id; null when there is none.' })
  async careUnit(
    @Arg('hsaId', () => String, { description: 'HSA-id of the unit.' }) hsaId: string,
    @Ctx() ctx: Context,
  ): Promise<CareUnit | null> {
    return findCareUnit(ctx, hsaId)
  }

  @Access(allow)
  @Query(() => CareUnitConnection, { description: 'Care units by name in Swedish order (Å, Ä and Ö last).' })
  async careUnits(@Args(() => CareUnitsArgs) args: CareUnitsArgs, @Ctx() ctx: Context): Promise<Connection<CareUnit>> {
    const rows = await careUnitsBehind(ctx.db, unitPlace.behind(ctx, '', args.after), args, pageSize(args) + 1)
    return toConnection(rows, args, ({ name, hsaId }) => unitPlace.at(ctx, '', name, hsaId), toCareUnit)
  }

  @Access(allow)
  @FieldResolver(() => [OpeningDay], { description: 'Opening hours of today and the six days after, in order.' })
  openingHours(@Root() unit: CareUnit, @Ctx() ctx: Context): OpeningDay[] {
    const today = zoned(ctx.now()).toPlainDate()
    const dates = Array.from({ length: OPENING_DAYS }, (_, days) => today.add({ days }).toString())
    return dates.map((date) => ({ date, openings: openingsOn(scheduleOf(unit, ctx), date) }))
  }

  @Access(allow)
  @FieldResolver(() => Boolean, { description: 'It is open now: the first minute counts, the closing time does not.' })
  isOpen(@Root() unit: CareUnit, @Ctx() ctx: Context): boolean {
    return openAt(scheduleOf(unit, ctx), ctx.now())
  }

  @Access(allow)
  @FieldResolver(() => Date, { nullable: true, description: 'When it closes; null while it is closed.' })
  closesAt(@Root() unit: CareUnit, @Ctx() ctx: Context): Date | null {
    return closesAt(scheduleOf(unit, ctx), ctx.now())
  }

  @Access(allow)
  @FieldResolver(() => Date, { nullable: true, description: 'When it opens next; null while it is open.' })
  nextOpening(@Root() unit: CareUnit, @Ctx() ctx: Context): Date | null {
    const schedule = scheduleOf(unit, ctx)
    return openAt(schedule, ctx.now()) ? null : nextOpening(schedule, ctx.now())
  }
}

/** The region decides when its kinds of unit are open. */
const scheduleOf = ({ row }: CareUnit, ctx: Context): Schedule =>
  ctx.policies.policyFor(row.region, ctx.now()).openingHours[row.kind]
