import { Access, isAuthenticated } from '@vardgraf/access'
import { cancelDeadline } from '@vardgraf/policy'
import { globalId } from '@vardgraf/relay'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { CareCase, CareUnit, Patient } from '../neighbours.js'
import { visits } from './access.js'
import { collisionOfVisit } from './loaders.js'
import { visitTypeOf } from './names.js'
import { joinWindow } from './rules.js'
import { CancelDeadline, JoinWindow, toVisit, Visit, VisitType } from './schema.js'

@Resolver(() => Visit)
export class VisitResolver {
  @Access(isAuthenticated)
  @Query(() => Visit, { nullable: true, description: 'A visit; null where there is none that the viewer may see.' })
  async visit(@Arg('id', () => ID, { description: 'Its global id.' }) id: string, @Ctx() ctx: Context): Promise<Visit | null> {
    const row = await visits.find(ctx, id)
    return row && toVisit(row)
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'Whose visit it is.' })
  patient(@Root() { row }: Visit): Patient {
    return { id: globalId('Patient', row.patientId) }
  }

  @FieldResolver(() => CareUnit, { nullable: true, description: 'The unit that gives it.' })
  unit(@Root() { row }: Visit): CareUnit {
    return { id: globalId('CareUnit', row.unitId) }
  }

  @FieldResolver(() => CareCase, { nullable: true, description: 'The case that it was booked from, if it was. [R36]' })
  careCase(@Root() { row }: Visit): CareCase | null {
    return row.caseId === null ? null : { id: globalId('CareCase', row.caseId) }
  }

  @FieldResolver(() => VisitType, { description: 'What kind of visit it is.' })
  visitType(@Root() { row }: Visit, @Ctx() ctx: Context): VisitType {
    return visitTypeOf(row, ctx.language)
  }

  /** By the policy in force at the date of the visit. */
  @FieldResolver(() => CancelDeadline, { description: 'When it is cancelled or rebooked at the latest without a fee. [R18]' })
  cancelDeadline(@Root() { row }: Visit, @Ctx() ctx: Context): CancelDeadline {
    return cancelDeadline(ctx.policies.policyFor(row.region, row.startsAt), row) as CancelDeadline
  }

  /** Only for the patient and who may act for her: to staff it would reveal a visit at another unit, such as a youth clinic. [A1, R23] */
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Another of the patient’s visits, at whatever unit, is at the same time: one of them has to be moved. Null for staff, who may not know of visits elsewhere.',
  })
  async collides(@Root() { row }: Visit, @Ctx() ctx: Context): Promise<boolean | null> {
    return ctx.viewer.kind === 'STAFF' ? null : ctx.loader(collisionOfVisit).load(row)
  }

  @FieldResolver(() => JoinWindow, { nullable: true, description: 'When it can be entered; null where it is not digital. [R12]' })
  joinWindow(@Root() { row }: Visit, @Ctx() ctx: Context): JoinWindow | null {
    return joinWindow(row, ctx.policies.policyFor(row.region, row.startsAt).visits.joinOpensMinutesBefore.value)
  }
}
