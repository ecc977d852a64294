import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import { estimatedAnswerAt, type PositionReason, type Standing } from './rules.js'
import { WaitingRoomPosition } from './schema.js'

/** A case's standing as it is now; null where there is no such case. */
export async function standingOf(ctx: Context, caseId: string): Promise<Standing | null> {
  const [row, standing] = await Promise.all([ctx.loaders.caseById.load(caseId), ctx.loaders.standing.load(caseId)])
  if (!row || !standing) return null
  const { version, position, lastKind } = standing
  return { version, position, lastKind, estimatedAnswerAt: await estimate(ctx, row, position) }
}

async function estimate(ctx: Context, row: CareCaseRow, position: number | null): Promise<Date | null> {
  if (position === null || !row.responderUnitId || !row.opensAt) return null
  const now = ctx.now()
  return estimatedAnswerAt(position, await ctx.loaders.pace.load({ unitId: row.responderUnitId, now }), row.opensAt, now)
}

/** A standing as the graph shows it. */
export function toPosition(
  row: CareCaseRow,
  { position, estimatedAnswerAt }: Standing,
  reason: PositionReason,
): WaitingRoomPosition {
  const opensAt = position === null ? null : row.opensAt
  const shown = { status: row.status, position, estimatedAnswerAt, reason, opensAt, answerDueAt: row.answerDueAt }
  return Object.assign(new WaitingRoomPosition(), shown, { row })
}
