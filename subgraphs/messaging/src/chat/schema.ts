import { connectionOf, globalId, Node } from '@vardgraf/relay'
import { Refusal } from '@vardgraf/service'
import { createUnionType, Directive, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { CareCase } from '../cases/schema.js'
import type { ChatMessage as ChatMessageRow } from '../generated/prisma/client.js'
import { Patient, Staff } from '../neighbours.js'

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

@ObjectType({
  implements: Refusal,
  description: 'The case is not ongoing: what is new is written to the clinic of the patient’s choice.',
})
export class NoOngoingCase extends Refusal {
  @Field(() => String, { description: 'Where to write to the clinic of one’s choice.' })
  redirectUrl!: string
}

@InputType({ description: 'A message in the chat of a case.' })
export class SendMessageInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string

  @Field(() => String, { description: 'What is written: something visible, at most 8,000 characters (UTF-16 units).' })
  text!: string

  @Field(() => String, {
    description: 'Made by the client, at most 64 characters: a retry with the same key and text gets the first message.',
  })
  idempotencyKey!: string
}

@ObjectType({ description: 'What came of sending.' })
export class SendMessagePayload {
  @Field(() => ChatMessage, { nullable: true, description: 'The message as saved.' })
  message!: ChatMessage | null

  @Field(() => CareCase, { nullable: true, description: 'The case as it is now.' })
  careCase!: CareCase | null

  @Field(() => Refusal, { nullable: true, description: 'Why it was not sent; null when it was.' })
  refusal!: Refusal | null
}

@InputType({ description: 'The answer of the one who claimed the case.' })
export class AnswerCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string

  @Field(() => String, { description: 'The answer: something visible, at most 8,000 characters (UTF-16 units).' })
  text!: string

  @Field(() => String, {
    description: 'Made by the client, at most 64 characters: a retry with the same key and text gives no second answer.',
  })
  idempotencyKey!: string
}

@ObjectType({ description: 'What came of answering.' })
export class AnswerCasePayload {
  @Field(() => CareCase, { nullable: true, description: 'The case as it is now.' })
  careCase!: CareCase | null

  @Field(() => ChatMessage, { nullable: true, description: 'The answer as saved: the chat’s first message.' })
  message!: ChatMessage | null

  @Field(() => Refusal, { nullable: true, description: 'Why it was not answered; null when it was.' })
  refusal!: Refusal | null
}
