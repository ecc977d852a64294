import { Access, allow } from '@vardgraf/access'
import { Refusal } from '@vardgraf/service'
import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { CareCase } from '../cases/schema.js'
import { ChatMessage } from './schema.js'

@Access(allow)
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

@Access(allow)
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

@Access(allow)
@ObjectType({ description: 'What came of answering.' })
export class AnswerCasePayload {
  @Field(() => CareCase, { nullable: true, description: 'The case as it is now.' })
  careCase!: CareCase | null

  @Field(() => ChatMessage, { nullable: true, description: 'The answer as saved: the chat’s first message.' })
  message!: ChatMessage | null

  @Field(() => Refusal, { nullable: true, description: 'Why it was not answered; null when it was.' })
  refusal!: Refusal | null
}
