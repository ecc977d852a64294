import { Access, isPatient, seesQueue } from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import { type Connection, ConnectionArgs, globalId, localKey, pageSize, toConnection } from '@vardgraf/relay'
import { Arg, Args, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from 'type-graphql'
import { cases, requireLogin } from '../cases/access.js'
import { CareCase, toCareCase } from '../cases/schema.js'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import { CareUnit } from '../neighbours.js'
import { seesQueueOf } from './access.js'
import { reasonOf } from './position-rules.js'
import { cursorAt, placeAfter, queuePage } from './queue.js'
import { QueueEntry, QueueEntryConnection, UnitQueue, WaitingRoomPosition } from './schema.js'
import { standingOf, toPosition } from './standing.js'
import { positionStream, queueStream } from './stream.js'

@Resolver(() => WaitingRoomPosition)
export class WaitingRoomPositionResolver {
  @Access(isPatient)
  @Subscription(() => WaitingRoomPosition, {
    description:
      'Tells the patient how her case stands in the waiting room, whenever that changes; it may get worse, and says why. It begins with the present state. When a member of staff has begun with the case it says CALLED, without a position, and goes on: the case may come back into the queue. It completes when the case is answered or has ended.',
    subscribe: async ({ args, context }: { args: Record<string, string>; context: unknown }) => {
      const ctx = context as Context
      requireLogin(ctx)
      if (ctx.viewer.kind !== 'PATIENT') throw new GraphError('FORBIDDEN', {}, ctx.language)
      return positionStream(ctx, await cases.require(ctx, args.caseId ?? ''))
    },
  })
  waitingRoomPosition(
    @Root() position: WaitingRoomPosition,
    @Arg('caseId', () => ID, { description: 'Global id of the case.' }) _caseId: string,
  ): WaitingRoomPosition {
    return position
  }

  @FieldResolver(() => CareCase, { description: 'The case.' })
  careCase(@Root() { row }: WaitingRoomPosition): CareCase {
    return toCareCase(row)
  }

  @FieldResolver(() => CareUnit, { nullable: true, description: 'The unit that answers.' })
  responder(@Root() { row }: WaitingRoomPosition): CareUnit | null {
    return row.responderUnitId === null ? null : { id: globalId('CareUnit', row.responderUnitId) }
  }
}

@Resolver(() => CareCase)
export class CareCaseWaitingRoomResolver {
  @FieldResolver(() => WaitingRoomPosition, {
    nullable: true,
    description: 'How it stands in the waiting room; null where it does not wait.',
  })
  async waitingRoom(@Root() { row }: CareCase, @Ctx() ctx: Context): Promise<WaitingRoomPosition | null> {
    const found = hasPlace(row) ? await standingOf(ctx, row.id) : null
    return found && hasPlace(found.row) ? toPosition(found.row, found.standing, reasonOf[found.standing.lastKind]) : null
  }
}

@Resolver(() => QueueEntry)
export class QueueEntryResolver {
  @FieldResolver(() => CareCase, { nullable: true, description: 'The case behind the entry; reading it is logged.' })
  careCase(@Root() { row }: QueueEntry): CareCase {
    return toCareCase(row)
  }
}

@Resolver(() => UnitQueue)
export class UnitQueueResolver {
  @Access(seesQueue)
  @Subscription(() => UnitQueue, {
    description:
      'A unit’s waiting room, live, for its own staff: begins with the present state, and is sent again whenever it changes.',
    subscribe: ({ args, context }: { args: Record<string, unknown>; context: unknown }) => {
      const ctx = context as Context
      requireLogin(ctx)
      const first = Number(args.first)
      pageSize({ first })
      return queueStream(ctx, localKey(String(args.unitId), 'CareUnit') ?? '', first)
    },
  })
  unitQueue(
    @Root() queue: UnitQueue,
    @Arg('unitId', () => ID, { description: 'Global id of the care unit.' }) _unitId: string,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many entries at the most: 1 to 100.' }) _first: number,
  ): UnitQueue {
    return queue
  }

  @FieldResolver(() => CareUnit, { description: 'Whose queue it is.' })
  unit(@Root() { unitId }: UnitQueue): CareUnit {
    return { id: globalId('CareUnit', unitId) }
  }
}

@Resolver(() => CareUnit)
export class CareUnitWaitingRoomResolver {
  @Access(seesQueue)
  @FieldResolver(() => QueueEntryConnection, {
    nullable: true,
    description: 'Who waits, the next one first. Null for others than staff of the unit.',
  })
  async waitingRoom(
    @Root() { id }: CareUnit,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<QueueEntry> | null> {
    const unitId = localKey(id, 'CareUnit')
    if (unitId === null || !seesQueueOf(ctx, unitId)) return null
    const { entries } = await queuePage(ctx, unitId, placeAfter(ctx, unitId, args.after), pageSize(args) + 1)
    return toConnection(
      entries,
      args,
      (entry) => cursorAt(ctx, unitId, entry),
      (entry) => entry,
    )
  }
}

/** It waits, and its patient has not been told 112. [R31] */
const hasPlace = ({ status, redFlagAt }: CareCaseRow): boolean => status === 'WAITING' && redFlagAt === null
