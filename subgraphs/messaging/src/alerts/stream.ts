import { type Edge, encodeCursor } from '@vardgraf/subgraph'
import { hasCasesInHand } from '../cases/access.js'
import { topics } from '../change.js'
import type { Context } from '../context.js'
import { type CaseAlert, toCaseAlert } from './schema.js'

/** How many alerts one look reads. */
const ALERTS_PER_LOOK = 50

/** A unit's alerts behind `afterSeq`, in order and each once, and then those to come. It does not complete by itself. */
export function alertStream(ctx: Context, unitId: string, afterSeq: number): AsyncIterableIterator<Edge<CaseAlert>> {
  return ctx.live({
    topics: [topics.alerts(unitId)],
    after: String(afterSeq),
    read: async (cursor) => {
      const { alerts, upTo } = await ctx.loaders.alertsOfUnit.load({ unitId, afterSeq: Number(cursor), limit: ALERTS_PER_LOOK })
      return { items: alerts.map(toEdge), cursor: String(upTo) }
    },
    mayContinue: async () => hasCasesInHand(ctx, unitId),
  })
}

const toEdge = (row: CaseAlert['row']): Edge<CaseAlert> => ({
  cursor: encodeCursor(String(row.seq)),
  node: toCaseAlert(row),
})
