import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { findCareUnit } from '../care-unit/access.js'
import { CareUnit } from '../care-unit/schema.js'
import type { Context } from '../context.js'
import { Staff } from './schema.js'

@Resolver(() => Staff)
export class StaffResolver {
  @FieldResolver(() => CareUnit, { nullable: true, description: 'The unit where she ordinarily works.' })
  async unit(@Root() { row }: Staff, @Ctx() ctx: Context): Promise<CareUnit | null> {
    return findCareUnit(ctx, row.unitId)
  }
}
