import type { Feature } from '@vardgraf/service'
import type { Context, Services } from '../context.js'
import { messages } from './access.js'
import { ChatMutations } from './mutations.js'
import { NoOngoingCase } from './payloads.js'
import { CareCaseMessagesResolver, ChatMessageResolver } from './resolvers.js'
import { toChatMessage } from './schema.js'

/** What patient and staff write to each other in a case. */
export const chat: Feature<Context, Services> = {
  resolvers: [ChatMessageResolver, ChatMutations, CareCaseMessagesResolver],
  types: [NoOngoingCase],
  references: { ChatMessage: messages.reference(toChatMessage) },
}
