import { GraphError } from '@vardgraf/errors'
import { decodeCursor, type Edge, encodeCursor } from '@vardgraf/subgraph'
import { hasCasesInHand } from '../cases/access.js'
import { topics } from '../change.js'
import type { Context } from '../context.js'
import { type CaseAlert, toCaseAlert } from './schema.js'

/** How many alerts one look reads. */
const ALERTS_PER_LOOK = 50

/** A unit's alerts behind a cursor, in order and each once, and then those to come. It does not complete by itself. */
export function alertStream(
  ctx: Context,
  unitId: string,
  after: string | null | undefined,
): AsyncIterableIterator<Edge<CaseAlert>> {
  return ctx.live({
    topics: [topics.alerts(unitId)],
    after: String(seqAfter(unitId, after)),
    read: async (cursor) => {
      const { alerts, upTo } = await ctx.loaders.alertsOfUnit.load({ unitId, afterSeq: Number(cursor), limit: ALERTS_PER_LOOK })
      return { items: alerts.map(toEdge), cursor: String(upTo) }
    },
    mayContinue: async () => hasCasesInHand(ctx, unitId),
  })
}

const toEdge = (row: CaseAlert['row']): Edge<CaseAlert> => ({
  cursor: encodeCursor(`${row.unitId} ${row.seq}`),
  node: toCaseAlert(row),
})

/**
 * The number behind a cursor. Numbers are the unit's own: with another unit's cursor alerts would be passed over.
 * @throws GraphError BAD_USER_INPUT for a cursor that is not of this unit's alerts.
 */
function seqAfter(unitId: string, after: string | null | undefined): number {
  const cursor = decodeCursor(after)
  if (cursor === null) return 0
  const [, unit, seq] = /^(\S+) (\d{1,9})$/.exec(cursor) ?? []
  if (unit !== unitId)
    throw new GraphError('BAD_USER_INPUT', { argument: 'after', expected: 'a cursor of an alert of this unit' })
  return Number(seq)
}
