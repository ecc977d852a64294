import { Access, allow, seesQueue } from '@vardgraf/access'
import { connectionOf } from '@vardgraf/relay'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import { CaseStatus, Priority } from '../generated/prisma/enums.js'
import { type PositionReason, positionReasons } from './position-rules.js'

const PositionReasonEnum = Object.fromEntries(Object.keys(positionReasons).map((key) => [key, key])) as {
  [K in PositionReason]: K
}
registerEnumType(PositionReasonEnum, {
  name: 'PositionReason',
  description: 'Why the patient hears of her position in the waiting room now.',
  valuesConfig: Object.fromEntries(Object.entries(positionReasons).map(([key, description]) => [key, { description }])),
})

@Access(allow)
@ObjectType({ description: 'How a case stands in the waiting room. Nothing in it tells of other patients.' })
export class WaitingRoomPosition {
  row!: CareCaseRow

  @Field(() => CaseStatus, { description: 'Where the case is on its way.' })
  status!: CaseStatus

  @Field(() => Int, {
    nullable: true,
    description:
      'Place in the queue, 1 is next; null while a member of staff has begun with the case, and once it is answered or has ended.',
  })
  position!: number | null

  @Field(() => Date, {
    nullable: true,
    description: 'When the answer can be expected, from the unit’s recent pace; null when too little is known.',
  })
  estimatedAnswerAt!: Date | null

  @Field(() => PositionReasonEnum, { description: 'Why this is told now.' })
  reason!: PositionReason

  @Field(() => Date, { nullable: true, description: 'From when the responder answers; null where there is no position.' })
  opensAt!: Date | null

  @Field(() => Date, { nullable: true, description: 'When a human must have answered at the latest.' })
  answerDueAt!: Date | null
}

@Access(seesQueue)
@ObjectType({ description: 'A waiting case as the unit’s queue shows it: nothing in it tells who waits.' })
export class QueueEntry {
  row!: CareCaseRow

  @Field(() => ID, { description: 'Global id of the case.' })
  caseId!: string

  @Field(() => Int, { description: 'Place in the queue, 1 is next.' })
  position!: number

  @Field(() => Priority, { description: 'How great the need was found to be.' })
  priority!: Priority

  @Field(() => String, { description: 'What it is about, as the questionnaire’s code.' })
  complaint!: string

  @Field(() => Date, { description: 'When it entered the waiting room.' })
  enteredAt!: Date

  @Field(() => Date, { description: 'When it should be answered by its priority: the queue is in this order, after P1.' })
  targetAt!: Date

  @Field(() => Date, { description: 'When a human must have answered at the latest.' })
  answerDueAt!: Date

  @Field(() => Boolean, { description: 'The unit has been warned that the answer is due soon.' })
  dueSoon!: boolean

  @Field(() => Boolean, { description: 'The patient has been told to call 112, when other staff had begun with the case. [R31]' })
  redFlag!: boolean
}

export const { ConnectionType: QueueEntryConnection } = connectionOf(() => QueueEntry, 'QueueEntry')

@Access(seesQueue)
@ObjectType({ description: 'A unit’s waiting room as it is now.' })
export class UnitQueue {
  unitId!: string

  @Field(() => Int, { description: 'How many wait.' })
  waiting!: number

  @Field(() => [QueueEntry], { description: 'The first in line, in order.' })
  entries!: QueueEntry[]
}
