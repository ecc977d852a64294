import { partOf } from '@vardgraf/access'
import { cases } from '../cases/access.js'
import type { Context } from '../context.js'
import type { ChatMessage as ChatMessageRow } from '../generated/prisma/client.js'
import { messageById } from './loaders.js'

/** WHO sees a message: whoever sees the case, also when the case has ended. [R13, R14] */
export const messages = partOf<ChatMessageRow, Parameters<typeof cases.maySee>[1], Context>('ChatMessage', cases, {
  load: (ctx, id) => ctx.loader(messageById).load(id),
  wholeId: ({ caseId }) => caseId,
})
