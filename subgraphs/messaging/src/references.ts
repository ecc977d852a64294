import { localId, parseGlobalId } from '@vardgraf/relay'
import { lookAtNothing, maySeeCase, visibleCase } from './cases/access.js'
import { type CareCase, toCareCase } from './cases/schema.js'
import { type ChatMessage, toChatMessage } from './chat/schema.js'
import type { Context } from './context.js'
import { CareUnit, Patient } from './neighbours.js'
import { questionnaireReference } from './questionnaires/resolvers.js'

const stub =
  <T extends { id: string }>(type: string, make: () => T) =>
  ({ id }: { id: string }): T | null =>
    parseGlobalId(id)?.type === type ? Object.assign(make(), { id }) : null

/** Entities by their key. One that the viewer may not see is null, exactly as one that does not exist. [A7] */
export const references = {
  CareCase: async ({ id }: { id: string }, ctx: Context): Promise<CareCase | null> => {
    const row = await visibleCase(ctx, id)
    return row && toCareCase(row)
  },
  ChatMessage: async ({ id }: { id: string }, ctx: Context): Promise<ChatMessage | null> => {
    const messageId = localId(id, 'ChatMessage')
    if (!messageId || ctx.viewer.kind === 'ANONYMOUS') return null
    const row = await ctx.loaders.messageById.load(messageId)
    const careCase = await ctx.loaders.caseById.load(row?.caseId ?? messageId)
    if (!row || !careCase) return lookAtNothing(ctx, messageId)
    return (await maySeeCase(ctx, careCase)) ? toChatMessage(row) : null
  },
  Questionnaire: questionnaireReference,
  // Their owners say whether they exist; here is only what this subgraph adds to an id.
  Patient: stub('Patient', () => new Patient()),
  CareUnit: stub('CareUnit', () => new CareUnit()),
}
