import { type CursorCodec, cursorOf, integer } from '@vardgraf/relay'
import type { ChatMessage } from '../generated/prisma/client.js'

/** One for the list and the stream: who has read a page follows on from it. */
const place = cursorOf('CareCase.messages', integer)

type WithCursors = { cursors: CursorCodec }

export const cursorAt = (ctx: WithCursors, { caseId, seq }: Pick<ChatMessage, 'caseId' | 'seq'>): string =>
  place.at(ctx, caseId, seq)

/** The number of the last message that was received, 0 without a cursor.
 *  @throws GraphError BAD_USER_INPUT for a cursor that is not of this chat: another's would leave messages out. */
export function seqBehind(ctx: WithCursors, caseId: string, after: string | null | undefined): number {
  const [seq] = place.behind(ctx, caseId, after) ?? [0]
  return seq
}
