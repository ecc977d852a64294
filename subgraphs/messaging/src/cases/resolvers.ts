import { Access, isAuthenticated, isStaff } from '@vardgraf/access'
import {
  type Connection,
  ConnectionArgs,
  cursorOf,
  globalId,
  instant,
  localId,
  localKey,
  pageSize,
  toVisibleConnection,
  uuid,
} from '@vardgraf/relay'
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { CareUnit, Patient, Staff } from '../neighbours.js'
import { cases, hasCasesInHand, maySeeCasesOf } from './access.js'
import { caseById, casesInHand, casesOfPatient } from './loaders.js'
import { isOngoing, slaBreached } from './rules.js'
import { CareCase, CareCaseConnection, CasesInHandArgs, toCareCase } from './schema.js'

const patientCases = cursorOf('Patient.careCases', instant, uuid)
const unitCasesInHand = cursorOf('CareUnit.casesInHand', instant, uuid)

@Resolver(() => CareCase)
export class CareCaseResolver {
  @Access(isAuthenticated)
  @Query(() => CareCase, { nullable: true, description: 'A case; null where there is none that the viewer can see.' })
  async careCase(
    @Arg('id', () => ID, { description: 'Global id of the case.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<CareCase | null> {
    const row = await cases.find(ctx, id)
    return row && toCareCase(row)
  }

  @FieldResolver(() => Patient, { description: 'Whose matter it is.' })
  patient(@Root() { row }: CareCase): Patient {
    return { id: globalId('Patient', row.patientId) }
  }

  @FieldResolver(() => CareUnit, { description: 'The unit that was chosen when the case was started.' })
  unit(@Root() { row }: CareCase): CareUnit {
    return { id: globalId('CareUnit', row.unitId) }
  }

  @FieldResolver(() => CareUnit, {
    nullable: true,
    description: 'The unit that answers; null until the case has entered a waiting room.',
  })
  responder(@Root() { row }: CareCase): CareUnit | null {
    return row.responderUnitId === null ? null : { id: globalId('CareUnit', row.responderUnitId) }
  }

  @FieldResolver(() => Staff, { nullable: true, description: 'Who has begun with it, or answered.' })
  assignedTo(@Root() { row }: CareCase): Staff | null {
    return row.assignedToId === null ? null : { id: globalId('Staff', row.assignedToId) }
  }

  @FieldResolver(() => Boolean, { description: 'The care has it and has not closed it (pågående ärende).' })
  isOngoing(@Root() { row }: CareCase): boolean {
    return isOngoing(row.status)
  }

  @FieldResolver(() => Boolean, { description: 'No human answered within 24 hours.' })
  slaBreached(@Root() { row }: CareCase, @Ctx() ctx: Context): boolean {
    return slaBreached(row, ctx.now())
  }
}

@Resolver(() => Patient)
export class PatientCasesResolver {
  @Access(isAuthenticated)
  @FieldResolver(() => CareCaseConnection, {
    nullable: true,
    description: 'Her cases, the latest first; for staff those that their unit handles. Null where the viewer may not see them.',
  })
  async careCases(
    @Root() { id }: Patient,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<CareCase> | null> {
    const patientId = localId(id, 'Patient')
    if (!patientId || !(await maySeeCasesOf(ctx, patientId))) return null
    const handledBy = ctx.viewer.kind === 'STAFF' ? ctx.viewer.unitId : null
    const [openedAt, lastId] = patientCases.behind(ctx, patientId, args.after) ?? []
    const after = openedAt && lastId ? { openedAt, id: lastId } : null
    const rows = await ctx.loader(casesOfPatient).load({ patientId, limit: pageSize(args) + 1, after, handledBy })
    for (const row of rows) ctx.loader(caseById).prime(row.id, row)
    return toVisibleConnection(
      rows,
      args,
      (row) => cases.maySee(ctx, row),
      ({ openedAt, id }) => patientCases.at(ctx, patientId, openedAt, id),
      toCareCase,
    )
  }
}

@Resolver(() => CareUnit)
export class CareUnitCasesResolver {
  @Access(isStaff)
  @FieldResolver(() => CareCaseConnection, {
    nullable: true,
    description:
      'Cases that the unit’s staff have begun with and not ended, the earliest claimed first. Null for others than its care staff.',
  })
  async casesInHand(
    @Root() { id }: CareUnit,
    @Args(() => CasesInHandArgs) args: CasesInHandArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<CareCase> | null> {
    const unitId = localKey(id, 'CareUnit')
    if (ctx.viewer.kind !== 'STAFF' || unitId === null || !hasCasesInHand(ctx, unitId)) return null
    const assignedToId = args.mine ? ctx.viewer.staffId : null
    const [assignedAt, lastId] = unitCasesInHand.behind(ctx, unitId, args.after) ?? []
    const after = assignedAt && lastId ? { assignedAt, id: lastId } : null
    const limit = pageSize(args) + 1
    const rows = await ctx.loader(casesInHand).load({ unitId, assignedToId, redFlagged: args.redFlagged, limit, after })
    for (const row of rows) ctx.loader(caseById).prime(row.id, row)
    return toVisibleConnection(
      rows,
      args,
      (row) => cases.maySee(ctx, row),
      ({ assignedAt, openedAt, id }) => unitCasesInHand.at(ctx, unitId, assignedAt ?? openedAt, id),
      toCareCase,
    )
  }
}
