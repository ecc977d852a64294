import DataLoader from 'dataloader'
import { ongoingStatuses } from '../cases/rules.js'
import type { Services } from '../context.js'
import type { Db } from '../database.js'
import type { CaseAlert } from '../generated/prisma/client.js'

/** Alerts of a unit behind a number. */
export interface AlertsKey {
  unitId: string
  afterSeq: number
  limit: number
}

/** A part of a unit's alerts, and the number up to which it holds all of them. */
export interface AlertPage {
  alerts: CaseAlert[]
  upTo: number
}

/** In order; those of cases that have ended, or that another unit has now, are passed over. A viewer has one unit. */
export const alertsOfUnit = ({ db }: Pick<Services, 'db'>) =>
  new DataLoader<AlertsKey, AlertPage, string>((keys) => Promise.all(keys.map((key) => page(db, key))), {
    cacheKeyFn: (key) => JSON.stringify(key),
  })

async function page(db: Db, { unitId, afterSeq, limit }: AlertsKey): Promise<AlertPage> {
  const last = (await db.caseAlert.aggregate({ where: { unitId }, _max: { seq: true } }))._max.seq ?? 0
  if (last <= afterSeq) return { alerts: [], upTo: afterSeq }
  const alerts = await db.caseAlert.findMany({
    where: {
      unitId,
      seq: { gt: afterSeq, lte: last },
      careCase: { responderUnitId: unitId, status: { in: [...ongoingStatuses] } },
    },
    orderBy: { seq: 'asc' },
    take: limit,
  })
  return { alerts, upTo: alerts.length < limit ? last : (alerts.at(-1)?.seq ?? last) }
}
