import DataLoader from 'dataloader'
import type { Services } from '../context.js'
import type { Db } from '../database.js'
import type { ChatMessage } from '../generated/prisma/client.js'

/** Messages of a case behind a sequence number. */
export interface MessagesKey {
  caseId: string
  afterSeq: number
  limit: number
}

/** The message of each id; null where there is none. */
export const messageById = ({ db }: Pick<Services, 'db'>) =>
  new DataLoader<string, ChatMessage | null>(async (ids) => {
    const rows = new Map((await db.chatMessage.findMany({ where: { id: { in: [...ids] } } })).map((row) => [row.id, row]))
    return ids.map((id) => rows.get(id) ?? null)
  })

/** In the order of the conversation; one statement for all cases of a turn. */
export const messagesOfCase = ({ db }: Pick<Services, 'db'>) =>
  new DataLoader<MessagesKey, ChatMessage[], string>((keys) => pages(db, keys), { cacheKeyFn: (key) => JSON.stringify(key) })

async function pages(db: Db, keys: readonly MessagesKey[]): Promise<ChatMessage[][]> {
  const rows = await db.$queryRaw<(ChatMessage & { place: bigint })[]>`
    SELECT k.place, m.*
    FROM unnest(${keys.map((k) => k.caseId)}::uuid[], ${keys.map((k) => k.afterSeq)}::int[], ${keys.map((k) => k.limit)}::int[])
      WITH ORDINALITY AS k(case_id, after_seq, page, place)
    CROSS JOIN LATERAL (
      SELECT id, case_id AS "caseId", seq, author_kind AS "authorKind", author_id AS "authorId", text, sent_at AS "sentAt",
             idempotency_key AS "idempotencyKey"
      FROM messaging.chat_message WHERE case_id = k.case_id AND seq > k.after_seq ORDER BY seq LIMIT k.page) m
    ORDER BY k.place, m.seq`
  const byPlace = Map.groupBy(rows, ({ place }) => Number(place))
  return keys.map((_, index) => byPlace.get(index + 1)?.map(({ place: _place, ...row }) => row) ?? [])
}
