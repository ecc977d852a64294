import { Access, isAuthenticated } from '@vardgraf/access'
import { ageAt } from '@vardgraf/time'
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'
import { findCareUnit } from '../care-unit/access.js'
import { CareUnit } from '../care-unit/schema.js'
import type { Context } from '../context.js'
import { patients } from './access.js'
import { Patient, toPatient } from './schema.js'

@Resolver(() => Patient)
export class PatientResolver {
  @Access(isAuthenticated)
  @Query(() => Patient, {
    nullable: true,
    description: 'A patient by global id; null for one who does not exist or whom the viewer may not see.',
  })
  async patient(
    @Arg('id', () => ID, { description: 'Global id of a patient.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Patient | null> {
    const row = await patients.find(ctx, id)
    return row && toPatient(row)
  }

  @FieldResolver(() => Int, { description: 'Age in whole years; a birthday takes effect at midnight in Stockholm.' })
  age(@Root() { row }: Patient, @Ctx() ctx: Context): number {
    return ageAt(row.birthDate, ctx.now())
  }

  @FieldResolver(() => CareUnit, { nullable: true, description: 'The health centre where she is listed (listad).' })
  async listedAt(@Root() { row }: Patient, @Ctx() ctx: Context): Promise<CareUnit | null> {
    return row.listedUnitId === null ? null : findCareUnit(ctx, row.listedUnitId)
  }
}
