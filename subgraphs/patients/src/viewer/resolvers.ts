import { Access, allow } from '@vardgraf/access'
import { globalId } from '@vardgraf/relay'
import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql'
import { findCareUnit } from '../care-unit/access.js'
import { CareUnit } from '../care-unit/schema.js'
import type { Context } from '../context.js'
import { patients } from '../patient/access.js'
import { Patient, toPatient } from '../patient/schema.js'
import { findStaff } from '../staff/access.js'
import { Staff } from '../staff/schema.js'
import { toViewer, Viewer } from './schema.js'

@Resolver(() => Viewer)
export class ViewerResolver {
  @Access(allow)
  @Query(() => Viewer, { description: 'Who asks; also answers when nobody is logged in.' })
  me(@Ctx() ctx: Context): Viewer {
    return toViewer(ctx.viewer)
  }

  @Access(allow)
  @FieldResolver(() => Patient, { nullable: true, description: 'She herself, when logged in as a person.' })
  async patient(@Ctx() ctx: Context): Promise<Patient | null> {
    if (ctx.viewer.kind !== 'PATIENT') return null
    const row = await patients.find(ctx, globalId('Patient', ctx.viewer.personId))
    return row && toPatient(row)
  }

  @Access(allow)
  @FieldResolver(() => Staff, { nullable: true, description: 'She herself, when logged in as staff.' })
  async staff(@Ctx() ctx: Context): Promise<Staff | null> {
    return ctx.viewer.kind === 'STAFF' ? findStaff(ctx, ctx.viewer.staffId) : null
  }

  @Access(allow)
  @FieldResolver(() => CareUnit, {
    nullable: true,
    description: 'The unit of the assignment (medarbetaruppdrag) she logged in with, when staff.',
  })
  async unit(@Ctx() ctx: Context): Promise<CareUnit | null> {
    return ctx.viewer.kind === 'STAFF' ? findCareUnit(ctx, ctx.viewer.unitId) : null
  }
}
