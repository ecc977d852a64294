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
import { refuse } from '@vardgraf/service'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../context.js'
import { CareUnit, Patient, Staff } from '../neighbours.js'
import { hasCasesInHand, maySeeCase, maySeeCasesOf, requireCase, visibleCase } from './access.js'
import { inLockedCase } from './locked.js'
import { AbandonCaseInput, AbandonCasePayload, CloseCaseInput, CloseCasePayload } from './payloads.js'
import { isOngoing, relationSince, slaBreached, whyNotAbandon, whyNotClose } from './rules.js'
import { CareCase, CareCaseConnection, CasesInHandArgs, toCareCase } from './schema.js'
import { abandonCase, closeCase } from './store.js'

const patientCases = cursorOf('Patient.careCases', instant, uuid)
const unitCasesInHand = cursorOf('CareUnit.casesInHand', instant, uuid)

@Resolver(() => CareCase)
export class CareCaseResolver {
  @Query(() => CareCase, { nullable: true, description: 'A case; null where there is none that the viewer can see.' })
  async careCase(
    @Arg('id', () => ID, { description: 'Global id of the case.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<CareCase | null> {
    const row = await visibleCase(ctx, id)
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

  @Mutation(() => AbandonCasePayload, {
    description:
      'The patient leaves triage or the waiting room. Closing the app is not leaving: the place is kept. Who left and comes back starts anew.',
  })
  async abandonCase(
    @Arg('input', () => AbandonCaseInput, { description: 'The case.' }) input: AbandonCaseInput,
    @Ctx() ctx: Context,
  ): Promise<AbandonCasePayload> {
    const { id } = await requireCase(ctx, input.caseId)
    return inLockedCase(ctx, id, async (change, row, actor) => {
      if (row.status === 'ABANDONED') return { careCase: toCareCase(row), refusal: null }
      const reason = whyNotAbandon(row)
      if (reason) return { careCase: toCareCase(row), refusal: refuse(ctx, reason) }
      return { careCase: toCareCase(await abandonCase(change, row, actor)), refusal: null }
    })
  }

  @Mutation(() => CloseCasePayload, {
    description:
      'Staff end an answered case, or one whose patient was told to call 112 (`redFlag`). What was said stays readable.',
  })
  async closeCase(
    @Arg('input', () => CloseCaseInput, { description: 'The case.' }) input: CloseCaseInput,
    @Ctx() ctx: Context,
  ): Promise<CloseCasePayload> {
    const { id } = await requireCase(ctx, input.caseId)
    return inLockedCase(ctx, id, async (change, row, actor) => {
      if (row.status === 'CLOSED') return { careCase: toCareCase(row), refusal: null }
      const reason = whyNotClose(row)
      if (reason) return { careCase: toCareCase(row), refusal: refuse(ctx, reason) }
      return { careCase: toCareCase(await closeCase(change, row, actor)), refusal: null }
    })
  }
}

@Resolver(() => Patient)
export class PatientCasesResolver {
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
    const { viewer } = ctx
    const handledBy = viewer.kind === 'STAFF' ? { unitId: viewer.unitId, closedSince: relationSince(ctx.now()) } : null
    const [openedAt, lastId] = patientCases.behind(ctx, patientId, args.after) ?? []
    const after = openedAt && lastId ? { openedAt, id: lastId } : null
    const rows = await ctx.loaders.casesOfPatient.load({ patientId, limit: pageSize(args) + 1, after, handledBy })
    for (const row of rows) ctx.loaders.caseById.prime(row.id, row)
    return toVisibleConnection(
      rows,
      args,
      (row) => maySeeCase(ctx, row),
      ({ openedAt, id }) => patientCases.at(ctx, patientId, openedAt, id),
      toCareCase,
    )
  }
}

@Resolver(() => CareUnit)
export class CareUnitCasesResolver {
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
    const rows = await ctx.loaders.casesInHand.load({ unitId, assignedToId, redFlagged: args.redFlagged, limit, after })
    for (const row of rows) ctx.loaders.caseById.prime(row.id, row)
    return toVisibleConnection(
      rows,
      args,
      (row) => maySeeCase(ctx, row),
      ({ assignedAt, openedAt, id }) => unitCasesInHand.at(ctx, unitId, assignedAt ?? openedAt, id),
      toCareCase,
    )
  }
}
