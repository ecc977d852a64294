import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { CareUnit, toCareUnit } from '../care-unit/schema.js'
import type { Context } from '../context.js'
import { Staff } from './schema.js'

@Resolver(() => Staff)
export class StaffResolver {
  @FieldResolver(() => CareUnit, { nullable: true, description: 'The unit where she ordinarily works.' })
  async unit(@Root() staff: Staff, @Ctx() ctx: Context): Promise<CareUnit | null> {
    const row = await ctx.load.careUnits.load(staff.unitId)
    return row && toCareUnit(row)
  }
}
