import { GraphError } from '@vardgraf/errors'
import { decodeCursor, globalId } from '@vardgraf/subgraph'
import type { Context } from '../context.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import type { QueuePlace } from './loaders.js'
import { QueueEntry } from './schema.js'

/** The unit's waiting cases behind a place, in order. One that is claimed while it is read is left out. */
export async function queueEntries(ctx: Context, unitId: string, after: QueuePlace | null, limit: number): Promise<QueueEntry[]> {
  const queued = await ctx.loaders.queue.load({ unitId, after, limit })
  const rows = await Promise.all(queued.map(({ id }) => ctx.loaders.caseById.load(id)))
  return queued.flatMap(({ position }, index) => toQueueEntry(rows[index] ?? null, position) ?? [])
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
  }
  return Object.assign(new QueueEntry(), shown, { row })
}

/** An entry's place as a cursor: it holds when others come and go. */
export const cursorOf = ({ row }: QueueEntry): string =>
  [row.queueClass, row.targetAt?.getTime(), row.enteredAt?.getTime(), row.id].join(' ')

/** @throws GraphError BAD_USER_INPUT for a cursor that is not of this list. */
export function placeAfter(after: string | undefined): QueuePlace | null {
  const cursor = decodeCursor(after)
  if (cursor === null) return null
  const [, queueClass, targetAt, enteredAt, id] = /^([01]) (\d{1,15}) (\d{1,15}) ([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (!id) throw new GraphError('BAD_USER_INPUT', { argument: 'after', expected: 'a cursor from an earlier page' })
  return { queueClass: Number(queueClass), targetAt: new Date(Number(targetAt)), enteredAt: new Date(Number(enteredAt)), id }
}
