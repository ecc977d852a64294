import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import type { Db } from '../database.js'
import type { CaseEventKind } from '../generated/prisma/enums.js'
import { MAX_PACE_ANSWERS, MAX_PACE_DAYS, MAX_PACE_INTERVAL_SECONDS, MIN_PACE_INTERVALS, type Pace } from './position-rules.js'
import { queueColumns } from './sql.js'

/** Where a case stands in its unit's queue. `position` is 1 for the next one, null when it does not wait. */
export interface StandingRow {
  id: string
  /** The case's version when the position was read. */
  caseVersion: number
  position: number | null
  /** The last event that says something to the one who waits. */
  lastKind: CaseEventKind
  version: number
}

/** What a queue is ordered by. */
export interface QueuePlace {
  queueClass: number
  targetAt: Date
  enteredAt: Date
  id: string
}

/** A part of a unit's queue: behind a place, or from the front. */
export interface QueueKey {
  unitId: string
  after: QueuePlace | null
  limit: number
}

/** A waiting case and its place, 1 for the next one. */
export interface Queued {
  id: string
  version: number
  position: number
  /** How many wait in the whole queue, at the same moment. */
  waiting: number
}

/** Positions come out of the same order, and the same index, as claims do; null where there is no such case. */
export const standingOfCase = ({ db }: Pick<Services, 'db'>) =>
  new DataLoader<string, StandingRow | null>(async (ids) => {
    const rows = await db.$queryRaw<StandingRow[]>`
      SELECT c.id, c.version AS "caseVersion", e.version, e.kind::text AS "lastKind", CASE WHEN c.status = 'WAITING' THEN (
          SELECT count(*)::int FROM messaging.care_case a
          WHERE a.responder_unit_id = c.responder_unit_id AND a.status = 'WAITING'
            AND (${queueColumns('a')}) <= (${queueColumns('c')})) END AS position
      FROM messaging.care_case c
      CROSS JOIN LATERAL (
        SELECT version, kind FROM messaging.case_event
        WHERE case_id = c.id AND kind NOT IN ('DUE_SOON', 'VISIT_LINKED', 'WORSENED') ORDER BY version DESC LIMIT 1) e
      WHERE c.id = ANY(${[...ids]}::uuid[])`
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id) ?? null)
  })

/** The unit's recent pace at an instant. */
export const paceOfUnit = ({ db }: Pick<Services, 'db'>) =>
  new DataLoader<{ unitId: string; now: Date }, Pace, string>((keys) => paces(db, keys), { cacheKeyFn: ({ unitId }) => unitId })

/** Waiting cases, the next one first. */
export const queueOfUnit = ({ db }: Pick<Services, 'db'>) =>
  new DataLoader<QueueKey, Queued[], string>((keys) => queues(db, keys), { cacheKeyFn: (key) => JSON.stringify(key) })

async function paces(db: Db, keys: readonly { unitId: string; now: Date }[]): Promise<Pace[]> {
  const rows = await db.$queryRaw<{ place: bigint; seconds: number | null }[]>`
    SELECT k.place, p.seconds
    FROM unnest(${keys.map((k) => k.unitId)}::text[], ${keys.map((k) => k.now)}::timestamptz[]) WITH ORDINALITY AS k(unit_id, now, place)
    CROSS JOIN LATERAL (
      SELECT avg(gap)::float8 AS seconds FROM (
        SELECT extract(epoch FROM at - lag(at) OVER (ORDER BY at)) AS gap FROM (
          SELECT at FROM messaging.case_event
          WHERE unit_id = k.unit_id AND kind = 'ANSWERED' AND at <= k.now AND at > k.now - make_interval(days => ${MAX_PACE_DAYS}::int)
          ORDER BY at DESC LIMIT ${MAX_PACE_ANSWERS}::int) answers) gaps
      WHERE gap <= ${MAX_PACE_INTERVAL_SECONDS}::int HAVING count(*) >= ${MIN_PACE_INTERVALS}::int) p`
  const byPlace = new Map(rows.map((row) => [Number(row.place), row.seconds]))
  return keys.map((_, index) => byPlace.get(index + 1) ?? null)
}

async function queues(db: Db, keys: readonly QueueKey[]): Promise<Queued[][]> {
  const rows = await db.$queryRaw<(Queued & { place: bigint })[]>`
    SELECT k.place, q.id, q.version, q.position, q.waiting
    FROM unnest(
      ${keys.map((k) => k.unitId)}::text[], ${keys.map((k) => k.limit)}::int[], ${keys.map((k) => k.after?.queueClass ?? null)}::smallint[],
      ${keys.map((k) => k.after?.targetAt ?? null)}::timestamptz[], ${keys.map((k) => k.after?.enteredAt ?? null)}::timestamptz[],
      ${keys.map((k) => k.after?.id ?? null)}::uuid[]
    ) WITH ORDINALITY AS k(unit_id, page, after_class, after_target, after_entered, after_id, place)
    CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT id, version, count(*) OVER ()::int AS waiting, queue_class, target_at, entered_at,
               row_number() OVER (ORDER BY ${queueColumns('c')})::int AS position
        FROM messaging.care_case c WHERE responder_unit_id = k.unit_id AND status = 'WAITING') ordered
      WHERE k.after_id IS NULL OR (${queueColumns('ordered')}) > (k.after_class, k.after_target, k.after_entered, k.after_id)
      ORDER BY position LIMIT k.page) q
    ORDER BY k.place, q.position`
  const byPlace = Map.groupBy(rows, ({ place }) => Number(place))
  return keys.map((_, index) => byPlace.get(index + 1) ?? [])
}
