import { Access, allow } from '@vardgraf/access'
import { Refusal } from '@vardgraf/service'
import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { CareCase } from './schema.js'

@InputType({ description: 'Which case the patient leaves.' })
export class AbandonCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string
}

@Access(allow)
@ObjectType({ description: 'What came of leaving.' })
export class AbandonCasePayload {
  @Field(() => CareCase, { nullable: true, description: 'The case as it is now.' })
  careCase!: CareCase | null

  @Field(() => Refusal, { nullable: true, description: 'Why she could not leave; null when she did.' })
  refusal!: Refusal | null
}

@InputType({ description: 'Which case the care closes.' })
export class CloseCaseInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string
}

@Access(allow)
@ObjectType({ description: 'What came of closing.' })
export class CloseCasePayload {
  @Field(() => CareCase, { nullable: true, description: 'The case as it is now.' })
  careCase!: CareCase | null

  @Field(() => Refusal, { nullable: true, description: 'Why it could not be closed; null when it was.' })
  refusal!: Refusal | null
}
