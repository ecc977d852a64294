import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql'
import { CareUnit, toCareUnit } from '../care-unit/schema.js'
import type { Context } from '../context.js'
import { mayActAsGuardian } from '../guardianship/rules.js'
import { visiblePatient } from '../patient/access.js'
import { Patient } from '../patient/schema.js'
import { Staff, toStaff } from '../staff/schema.js'
import { toViewer, Viewer } from './schema.js'

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who asks; also answers when nobody is logged in.' })
  me(@Ctx() ctx: Context): Viewer {
    return toViewer(ctx.viewer)
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'She herself, when logged in as a person.' })
  async patient(@Ctx() ctx: Context): Promise<Patient | null> {
    return ctx.viewer.kind === 'PATIENT' ? visiblePatient(ctx, ctx.viewer.personId) : null
  }

  @FieldResolver(() => [Patient], {
    description: 'Children under 13 for whom she may act now, the oldest first; a child is gone from here on her 13th birthday.',
  })
  async mayActFor(@Ctx() ctx: Context): Promise<Patient[]> {
    if (ctx.viewer.kind !== 'PATIENT') return []
    const pairs = await ctx.load.childrenOfGuardian.load(ctx.viewer.personId)
    const own = pairs.filter((pair) => mayActAsGuardian(pair, ctx.now()))
    const children = await Promise.all(own.map(({ childId }) => visiblePatient(ctx, childId)))
    return children.filter((child) => child !== null)
  }

  @FieldResolver(() => Staff, { nullable: true, description: 'She herself, when logged in as staff.' })
  async staff(@Ctx() ctx: Context): Promise<Staff | null> {
    const row = ctx.viewer.kind === 'STAFF' ? await ctx.load.staff.load(ctx.viewer.staffId) : null
    return row && toStaff(row)
  }

  @FieldResolver(() => CareUnit, {
    nullable: true,
    description: 'The unit of the assignment (medarbetaruppdrag) she logged in with, when staff.',
  })
  async unit(@Ctx() ctx: Context): Promise<CareUnit | null> {
    const row = ctx.viewer.kind === 'STAFF' ? await ctx.load.careUnits.load(ctx.viewer.unitId) : null
    return row && toCareUnit(row)
  }
}
