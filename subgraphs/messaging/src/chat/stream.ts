import type { Edge } from '@vardgraf/relay'
import { cases } from '../cases/access.js'
import { caseById } from '../cases/loaders.js'
import { isOngoing } from '../cases/rules.js'
import { topics } from '../cases/topics.js'
import type { Context } from '../context.js'
import { cursorAt } from './cursors.js'
import { messagesOfCase } from './loaders.js'
import { type ChatMessage, toChatMessage } from './schema.js'

/** How many messages one look reads: a long history comes in parts, so that no process or client holds all of it in memory. */
const MESSAGES_PER_LOOK = 50

/** A case's messages behind `afterSeq`, in order and each once, and then those to come; it completes when the case has ended. */
export function messageStream(ctx: Context, caseId: string, afterSeq: number): AsyncIterableIterator<Edge<ChatMessage>> {
  return ctx.live({
    topics: [topics.chat(caseId)],
    after: String(afterSeq),
    read: async (cursor) => {
      // The case is read again, and before the messages: once it has ended, no message comes behind those that are read now.
      ctx.loader(caseById).clear(caseId)
      const row = await ctx.loader(caseById).load(caseId)
      const messages = await ctx.loader(messagesOfCase).load({ caseId, afterSeq: Number(cursor), limit: MESSAGES_PER_LOOK })
      const last = messages.at(-1)?.seq ?? Number(cursor)
      const ended = row === null || (!isOngoing(row.status) && row.status !== 'TRIAGING')
      return {
        items: messages.map((message) => toEdge(ctx, message)),
        cursor: String(last),
        done: ended && messages.length < MESSAGES_PER_LOOK,
      }
    },
    mayContinue: async () => {
      const row = await ctx.loader(caseById).load(caseId)
      return row !== null && cases.mayFollow(ctx, row)
    },
  })
}

const toEdge = (ctx: Context, row: ChatMessage['row']): Edge<ChatMessage> => ({
  cursor: cursorAt(ctx, row),
  node: toChatMessage(row),
})
