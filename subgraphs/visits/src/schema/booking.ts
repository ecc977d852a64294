import { Refusal } from '@vardgraf/subgraph'
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { Profession, VisitChannel, VisitTypeCode } from './enums.js'
import { Visit } from './visit.js'

@InputType({ description: 'A visit to book from an ongoing case. [R36]' })
export class BookVisitFromCaseInput {
  @Field(() => ID, { description: 'The case; it is at the unit of who books.' })
  caseId!: string

  @Field(() => Date, { description: 'When it begins: in the future.' })
  startsAt!: Date

  @Field(() => Int, { description: 'How long: 5 to 240 minutes.' })
  durationMinutes!: number

  @Field(() => VisitChannel, { description: 'How it is held.' })
  channel!: VisitChannel

  @Field(() => Profession, { description: 'Profession of who receives the patient.' })
  profession!: Profession

  @Field(() => VisitTypeCode, { description: 'Kind of visit.' })
  visitType!: VisitTypeCode

  @Field(() => String, {
    description: 'Made by the client, at most 64 characters: a retry with the same key gives the first result.',
  })
  idempotencyKey!: string
}

@ObjectType({ description: 'The visit, or why it was not booked.' })
export class BookVisitFromCasePayload {
  @Field(() => Visit, { nullable: true, description: 'The booked visit; null where it was refused.' })
  visit!: Visit | null

  @Field(() => Refusal, { nullable: true, description: 'Why not; null where it was booked.' })
  refusal!: Refusal | null
}
