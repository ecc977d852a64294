import { cursorOf, type Edge, integer } from '@vardgraf/relay'
import { hasCasesInHand } from '../cases/access.js'
import type { Context } from '../context.js'
import { alertsOfUnit } from './loaders.js'
import { type CaseAlert, toCaseAlert } from './schema.js'
import { alertsTopic } from './store.js'

// Numbers are the unit's own: with another unit's cursor alerts would be passed over.
const place = cursorOf('Subscription.caseAlerts', integer)

/** How many alerts one look reads. */
const ALERTS_PER_LOOK = 50

/** A unit's alerts behind a cursor, in order and each once, and then those to come. It does not complete by itself. */
export function alertStream(
  ctx: Context,
  unitId: string,
  after: string | null | undefined,
): AsyncIterableIterator<Edge<CaseAlert>> {
  return ctx.live({
    topics: [alertsTopic(unitId)],
    after: String(place.behind(ctx, unitId, after)?.[0] ?? 0),
    read: async (cursor) => {
      const { alerts, upTo } = await ctx.loader(alertsOfUnit).load({ unitId, afterSeq: Number(cursor), limit: ALERTS_PER_LOOK })
      return { items: alerts.map((row) => toEdge(ctx, row)), cursor: String(upTo) }
    },
    mayContinue: async () => hasCasesInHand(ctx, unitId),
  })
}

const toEdge = (ctx: Context, row: CaseAlert['row']): Edge<CaseAlert> => ({
  cursor: place.at(ctx, row.unitId, row.seq),
  node: toCaseAlert(row),
})
