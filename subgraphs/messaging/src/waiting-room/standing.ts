import { caseById } from '../cases/loaders.js'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import { paceOfUnit, standingOfCase } from './loaders.js'
import { estimatedAnswerAt, type PositionReason, type Standing } from './position-rules.js'

import { WaitingRoomPosition } from './schema.js'

/** A case and its standing, of one and the same moment; null where there is no such case. */
export async function standingOf(ctx: Context, caseId: string): Promise<{ row: CareCaseRow; standing: Standing } | null> {
  for (;;) {
    const [row, found] = await Promise.all([ctx.loader(caseById).load(caseId), ctx.loader(standingOfCase).load(caseId)])
    if (!row || !found) return null
    const { version, lastKind } = found
    // Who was told 112 has no place, also where 1177's nurses find her case in their queue. [R31]
    const position = row.redFlagAt === null ? found.position : null
    if (found.caseVersion === row.version)
      return { row, standing: { version, position, lastKind, estimatedAnswerAt: await estimate(ctx, row, position) } }
    // Two statements, and a change between them: a row of before must not be told with a position of after.
    ctx.loader(caseById).clear(caseId)
    ctx.loader(standingOfCase).clear(caseId)
  }
}

async function estimate(ctx: Context, row: CareCaseRow, position: number | null): Promise<Date | null> {
  if (position === null || !row.responderUnitId || !row.opensAt) return null
  const now = ctx.now()
  return estimatedAnswerAt(position, await ctx.loader(paceOfUnit).load({ unitId: row.responderUnitId, now }), row.opensAt, now)
}

/** A standing as the graph shows it. */
export function toPosition(
  row: CareCaseRow,
  { position, estimatedAnswerAt }: Standing,
  reason: PositionReason,
): WaitingRoomPosition {
  const opensAt = position === null ? null : row.opensAt
  const unanswered = row.status === 'WAITING' || row.status === 'ASSIGNED'
  const shown = {
    status: row.status,
    position,
    estimatedAnswerAt,
    reason: row.redFlagAt !== null && unanswered ? 'RED_FLAG' : reason,
    opensAt,
    answerDueAt: row.answerDueAt,
  }
  return Object.assign(new WaitingRoomPosition(), shown, { row })
}
