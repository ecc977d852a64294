import type { Batch } from '@vardgraf/service'
import { cases } from '../cases/access.js'
import { caseById } from '../cases/loaders.js'
import { isUnanswered } from '../cases/rules.js'
import { topics } from '../cases/topics.js'
import type { Context } from '../context.js'
import type { CareCase } from '../generated/prisma/client.js'
import { seesQueueOf } from './access.js'
import { positionReason, type Standing } from './position-rules.js'
import { queuePage } from './queue.js'

import { UnitQueue, type WaitingRoomPosition } from './schema.js'
import { standingOf, toPosition } from './standing.js'

/**
 * How one case stands, whenever that changes. It goes on while somebody has begun with the case, who may give it back, and completes
 * when it is answered or has ended. The cursor is what was told last, so a state that has not changed is not told again. [R32]
 */
export function positionStream(ctx: Context, row: CareCase): AsyncIterableIterator<WaitingRoomPosition> {
  const caseId = row.id
  const nurseLine = ctx.policies.policyFor(row.region, ctx.now()).responder.nurseLineUnitId.value
  return ctx.live({
    // Every queue that the case can come to stand in.
    topics: [topics.case(caseId), ...[...new Set([row.responderUnitId ?? row.unitId, row.unitId, nurseLine])].map(topics.queue)],
    after: null,
    read: (told) => readPosition(ctx, caseId, told),
    mayContinue: async () => {
      const row = await ctx.loader(caseById).load(caseId)
      return row !== null && cases.mayFollow(ctx, row)
    },
  })
}

async function readPosition(ctx: Context, caseId: string, told: string | null): Promise<Batch<WaitingRoomPosition>> {
  // What the access check has loaded may be older than the hint.
  ctx.loader(caseById).clear(caseId)
  const found = await standingOf(ctx, caseId)
  if (!found) return { items: [], cursor: told, done: true }
  const { row, standing } = found
  // Triage goes on: she will stand somewhere when it has ended.
  if (row.status === 'TRIAGING') return { items: [], cursor: told }
  const reason = positionReason(parse(told), standing)
  const done = !isUnanswered(row.status)
  if (!reason) return { items: [], cursor: told, done }
  return { items: [toPosition(row, standing, reason)], cursor: JSON.stringify(standing), done }
}

function parse(told: string | null): Standing | null {
  if (told === null) return null
  const { estimatedAnswerAt, ...standing } = JSON.parse(told) as Omit<Standing, 'estimatedAnswerAt'> & {
    estimatedAnswerAt: string | null
  }
  return { ...standing, estimatedAnswerAt: estimatedAnswerAt === null ? null : new Date(estimatedAnswerAt) }
}

/** A unit's queue, whole, whenever it changes. The cursor is the queue that was shown last. */
export function queueStream(ctx: Context, unitId: string, first: number): AsyncIterableIterator<UnitQueue> {
  return ctx.live({
    topics: [topics.queue(unitId)],
    after: null,
    read: async (shown) => {
      const { entries, waiting } = await queuePage(ctx, unitId, null, first)
      const cursor = JSON.stringify([waiting, entries.map(({ row }) => [row.id, row.version])])
      if (cursor === shown) return { items: [], cursor }
      return { items: [Object.assign(new UnitQueue(), { unitId, waiting, entries })], cursor }
    },
    mayContinue: async () => seesQueueOf(ctx, unitId),
  })
}
