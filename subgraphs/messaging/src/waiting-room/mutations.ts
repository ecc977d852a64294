import { Access, givesCare, isStaff } from '@vardgraf/access'
import { GraphError } from '@vardgraf/errors'
import { refuse, requireKey } from '@vardgraf/service'
import type { StaffViewer } from '@vardgraf/viewer'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { cases } from '../cases/access.js'
import { remember } from '../cases/loaders.js'

import { inLockedCase } from '../cases/locked.js'
import { type CareCase, toCareCase } from '../cases/schema.js'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import {
  ClaimNextCaseInput,
  ClaimNextCasePayload,
  ReleaseCaseInput,
  ReleaseCasePayload,
  ReprioritiseCaseInput,
  ReprioritiseCasePayload,
} from './payloads.js'
import { whyNotClaimAgain, whyNotReassess, whyNotRelease } from './rules.js'
import { claimNext, releaseCase, reprioritise } from './store.js'

@Resolver()
export class WaitingRoomMutations {
  @Access(givesCare)
  @Mutation(() => ClaimNextCasePayload, {
    description: 'Staff take the next case of their own unit’s queue. Two who claim at once get two cases.',
  })
  async claimNextCase(
    @Arg('input', () => ClaimNextCaseInput, { description: 'The key of this claim.' }) input: ClaimNextCaseInput,
    @Ctx() ctx: Context,
  ): Promise<ClaimNextCasePayload> {
    const { unitId, staffId } = staffOf(ctx)
    const key = requireKey(input.idempotencyKey)
    const row = await ctx.change((change) => claimNext(change, ctx.policies, unitId, staffId, key))
    if (!row) return { careCase: null, refusal: refuse(ctx, 'QUEUE_EMPTY') }
    // With another assignment than the one it was claimed by, it is not hers here.
    const reason = row.responderUnitId === unitId ? whyNotClaimAgain(row, staffId) : 'CASE_NOT_ASSIGNED'
    if (reason) return { careCase: null, refusal: refuse(ctx, reason) }
    return { careCase: await visible(ctx, row), refusal: null }
  }

  @Access(isStaff)
  @Mutation(() => ReleaseCasePayload, {
    description:
      'A member of staff puts a case that she has claimed back into the queue, at its old place, for as long as she has not answered it.',
  })
  async releaseCase(
    @Arg('input', () => ReleaseCaseInput, { description: 'The case.' }) input: ReleaseCaseInput,
    @Ctx() ctx: Context,
  ): Promise<ReleaseCasePayload> {
    const { id } = await cases.require(ctx, input.caseId)
    const { row, reason } = await inLockedCase(ctx, id, async (change, locked, actor) => {
      const reason = whyNotRelease(locked, actor.id)
      return { row: reason ? locked : await releaseCase(change, ctx.policies, locked, actor), reason }
    })
    return { careCase: await visible(ctx, row), refusal: reason && refuse(ctx, reason) }
  }

  @Access(isStaff)
  @Mutation(() => ReprioritiseCasePayload, {
    description:
      'Staff assess a waiting case again. Its time of entry does not change; an acute case goes to 1177’s nurses at once.',
  })
  async reprioritiseCase(
    @Arg('input', () => ReprioritiseCaseInput, { description: 'The case and its new priority.' }) input: ReprioritiseCaseInput,
    @Ctx() ctx: Context,
  ): Promise<ReprioritiseCasePayload> {
    const { id } = await cases.require(ctx, input.caseId)
    const { row, reason } = await inLockedCase(ctx, id, async (change, locked, actor) => {
      const reason = whyNotReassess(locked)
      return {
        row: reason ? locked : await reprioritise(change, ctx.policies, locked, actor, { priority: input.priority }),
        reason,
      }
    })
    return { careCase: await visible(ctx, row), refusal: reason && refuse(ctx, reason) }
  }
}

/** The changed case for the payload; null when it went to a unit where the viewer cannot follow it. */
async function visible(ctx: Context, row: CareCaseRow): Promise<CareCase | null> {
  remember(ctx, row)
  return (await cases.mayFollow(ctx, row)) ? toCareCase(row) : null
}

function staffOf({ viewer, language }: Context): StaffViewer {
  if (viewer.kind !== 'STAFF') throw new GraphError('FORBIDDEN', {}, language)
  return viewer
}
