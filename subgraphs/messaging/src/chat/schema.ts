import { Access } from '@vardgraf/access'
import { connectionOf, globalId, Node } from '@vardgraf/relay'
import { createUnionType, Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import type { ChatMessage as ChatMessageRow } from '../generated/prisma/client.js'
import { Patient, Staff } from '../neighbours.js'
import { messages } from './access.js'

const AuthorKindEnum = { PATIENT: 'PATIENT', GUARDIAN: 'GUARDIAN', STAFF: 'STAFF' } as const
export type AuthorKind = keyof typeof AuthorKindEnum
registerEnumType(AuthorKindEnum, {
  name: 'AuthorKind',
  description: 'In what capacity somebody wrote.',
  valuesConfig: {
    PATIENT: { description: 'The patient herself.' },
    GUARDIAN: { description: 'A guardian of the patient, who was under 13.' },
    STAFF: { description: 'Staff of the unit that handles the case.' },
  },
})

export const ChatAuthor = createUnionType({
  name: 'ChatAuthor',
  description: 'Who wrote a message: staff, or a person as patient or guardian.',
  types: () => [Staff, Patient] as const,
  resolveType: (value) => value.constructor as typeof Staff | typeof Patient,
})

@Access(messages.rule)
@Directive('@key(fields: "id")')
@Directive('@key(fields: "nodeId")')
@ObjectType('ChatMessage', { implements: Node, description: 'A message in the chat of a case. It is saved for good.' })
export class ChatMessage extends Node {
  row!: ChatMessageRow

  @Directive('@inaccessible')
  @Field(() => ID, { description: 'The id, for `node`.' })
  nodeId!: string

  @Field(() => AuthorKindEnum, { description: 'In what capacity the author wrote.' })
  authorKind!: AuthorKind

  @Field(() => String, { description: 'What was written, unchanged.' })
  text!: string

  @Field(() => Date, { description: 'When the platform saved it.' })
  sentAt!: Date
}

/** The row as the graph shows it. */
export function toChatMessage(row: ChatMessageRow): ChatMessage {
  const id = globalId('ChatMessage', row.id)
  return Object.assign(new ChatMessage(), { id, nodeId: id, authorKind: row.authorKind, text: row.text, sentAt: row.sentAt, row })
}

export const { ConnectionType: ChatMessageConnection, EdgeType: ChatMessageEdge } = connectionOf(() => ChatMessage, 'ChatMessage')
