import { Access, allow } from '@vardgraf/access'
import { Refusal } from '@vardgraf/service'
import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { CareCase } from '../cases/schema.js'
import { Priority } from '../generated/prisma/enums.js'

@InputType({ description: 'Claims the next case of the viewer’s own unit.' })
export class ClaimNextCaseInput {
  @Field(() => String, {
    description:
      'Made by the client, at most 64 characters: a retry with the same key gets the same case, as long as it is ongoing and the viewer’s.',
  })
  idempotencyKey!: string
}

@Access(allow)
@ObjectType({ description: 'What came of claiming.' })
export class ClaimNextCasePayload {
  @Field(() => CareCase, { nullable: true, description: 'The case that is now the viewer’s.' })
  careCase!: CareCase | null

  @Field(() => Refusal, { nullable: true, description: 'Why there is none; null when there is.' })
  refusal!: Refusal | null
}

@InputType({ description: 'Which case goes back into the queue.' })
export class ReleaseCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string
}

@Access(allow)
@ObjectType({ description: 'What came of releasing.' })
export class ReleaseCasePayload {
  @Field(() => CareCase, {
    nullable: true,
    description: 'The case as it is now; null when it went to a unit where the viewer cannot follow it.',
  })
  careCase!: CareCase | null

  @Field(() => Refusal, { nullable: true, description: 'Why it was not released; null when it was.' })
  refusal!: Refusal | null
}

@InputType({ description: 'A new assessment of a waiting case.' })
export class ReprioritiseCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string

  @Field(() => Priority, { description: 'How great the need is found to be now.' })
  priority!: Priority
}

@Access(allow)
@ObjectType({ description: 'What came of the new assessment.' })
export class ReprioritiseCasePayload {
  @Field(() => CareCase, {
    nullable: true,
    description: 'The case as it is now; null when it went to a unit where the viewer cannot follow it.',
  })
  careCase!: CareCase | null

  @Field(() => Refusal, { nullable: true, description: 'Why it was not assessed again; null when it was.' })
  refusal!: Refusal | null
}
