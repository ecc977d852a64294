import { Access, allow } from '@vardgraf/access'
import { Refusal } from '@vardgraf/service'
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import type { VisitRow } from '../database.js'
import { Profession, VisitChannel, VisitTypeCode } from '../visit/enums.js'
import { Visit } from '../visit/schema.js'

@InputType({ description: 'A visit to book from an ongoing case. [R36]' })
export class BookVisitFromCaseInput {
  @Field(() => ID, { description: 'The case; the unit of who books handles it.' })
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

@Access(allow)
@ObjectType({
  description:
    'What was booked, and where: for who booked, also at a unit whose visits she may not see, as when 1177 books at a health centre. [R36]',
})
export class BookingReceipt {
  @Field(() => Date, { description: 'When it begins.' })
  startsAt!: Date

  @Field(() => Date, { description: 'When it ends.' })
  endsAt!: Date

  @Field(() => VisitChannel, { description: 'How it is held.' })
  channel!: VisitChannel

  @Field(() => Profession, { description: 'Profession of who receives the patient.' })
  profession!: Profession

  /** What the fields of other types are worked out from; not part of the graph. */
  row!: VisitRow
}

/** What a booking told its maker: nothing that has become of the visit since. */
export function toReceipt(row: VisitRow): BookingReceipt {
  const { startsAt, endsAt, channel, profession } = row
  return Object.assign(new BookingReceipt(), { startsAt, endsAt, channel, profession, row })
}

@Access(allow)
@ObjectType({ description: 'The visit, or why it was not booked.' })
export class BookVisitFromCasePayload {
  @Field(() => Visit, {
    nullable: true,
    description: 'The booked visit, for staff of the unit that gives it; null for 1177, and where it was refused.',
  })
  visit!: Visit | null

  @Field(() => BookingReceipt, { nullable: true, description: 'What was booked; null where it was refused.' })
  receipt!: BookingReceipt | null

  @Field(() => Refusal, { nullable: true, description: 'Why not; null where it was booked.' })
  refusal!: Refusal | null
}
