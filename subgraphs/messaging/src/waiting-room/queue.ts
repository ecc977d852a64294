import { cursorOf, globalId, instant, integer, uuid } from '@vardgraf/relay'
import { caseById } from '../cases/loaders.js'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import type { QueuePlace } from './loaders.js'
import { queueOfUnit } from './loaders.js'
import { QueueEntry } from './schema.js'

/** A part of a queue, and how many wait in all. */
export interface QueuePage {
  entries: QueueEntry[]
  waiting: number
}

const ATTEMPTS = 5

/**
 * The unit's waiting cases behind a place, in order, as they stood at one moment. The rows are read after their order: when one has
 * changed between, both are read again. After too many attempts, those that have changed are left out.
 */
export async function queuePage(ctx: Context, unitId: string, after: QueuePlace | null, limit: number): Promise<QueuePage> {
  const key = { unitId, after, limit }
  for (let attempt = 1; ; attempt += 1) {
    const queued = await ctx.loader(queueOfUnit).load(key)
    const rows = await Promise.all(queued.map(({ id }) => ctx.loader(caseById).load(id)))
    const changed = queued.filter(({ version }, index) => rows[index]?.version !== version)
    if (changed.length === 0 || attempt === ATTEMPTS) {
      const entries = queued.flatMap(({ position }, index) => toQueueEntry(rows[index] ?? null, position) ?? [])
      return { entries, waiting: queued[0]?.waiting ?? 0 }
    }
    ctx.loader(queueOfUnit).clear(key)
    for (const { id } of changed) ctx.loader(caseById).clear(id)
  }
}

function toQueueEntry(row: CareCaseRow | null, position: number): QueueEntry | null {
  if (row?.status !== 'WAITING' || !row.priority || !row.enteredAt || !row.targetAt || !row.answerDueAt) return null
  const { priority, complaint, enteredAt, targetAt, answerDueAt } = row
  const shown = {
    caseId: globalId('CareCase', row.id),
    position,
    priority,
    complaint,
    enteredAt,
    targetAt,
    answerDueAt,
    dueSoon: row.warnedAt !== null,
    redFlag: row.redFlagAt !== null,
  }
  return Object.assign(new QueueEntry(), shown, { row })
}

const queuePlace = cursorOf('CareUnit.waitingRoom', integer, instant, instant, uuid)

/** An entry's place as a cursor of its unit's queue: it holds when others come and go. */
export const cursorAt = (ctx: Context, unitId: string, { row, targetAt, enteredAt }: QueueEntry): string =>
  queuePlace.at(ctx, unitId, row.queueClass ?? 1, targetAt, enteredAt, row.id)

/** @throws GraphError BAD_USER_INPUT for a cursor that is not of this unit's queue. */
export function placeAfter(ctx: Context, unitId: string, after: string | undefined): QueuePlace | null {
  const [queueClass, targetAt, enteredAt, id] = queuePlace.behind(ctx, unitId, after) ?? []
  return queueClass !== undefined && targetAt && enteredAt && id ? { queueClass, targetAt, enteredAt, id } : null
}
