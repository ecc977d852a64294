import { Access, allow } from '@vardgraf/access'
import { type AnswerErrorCode, answerErrorCodes } from '@vardgraf/forms'
import { Refusal } from '@vardgraf/service'
import { Field, Float, ObjectType, registerEnumType } from 'type-graphql'
import { CareCase } from '../cases/schema.js'
import { TriageOutcome } from '../generated/prisma/enums.js'
import { TriageAssessment } from './schema.js'

const AnswerErrorCodes = Object.fromEntries(answerErrorCodes.map((code) => [code, code])) as { [C in AnswerErrorCode]: C }
registerEnumType(AnswerErrorCodes, {
  name: 'AnswerErrorCode',
  description: 'What is wrong with an answer.',
  valuesConfig: {
    UNKNOWN_QUESTION: { description: 'There is no such question in the questionnaire.' },
    NOT_ASKED: { description: 'The question is not asked with the answers given.' },
    WRONG_TYPE: { description: 'The value is not of the question’s type.' },
    NOT_AN_OPTION: { description: 'The code is not among the options.' },
    NOT_COMBINABLE: { description: 'The options cannot be chosen together.' },
    ONLY_ONE_ANSWER: { description: 'The question takes one answer.' },
    TOO_LOW: { description: 'Below the least value.' },
    TOO_HIGH: { description: 'Above the greatest value.' },
    TOO_LONG: { description: 'More characters than the text may have.' },
  },
})

@Access(allow)
@ObjectType({ description: 'What is wrong with one of the answers.' })
export class AnswerError {
  @Field(() => String, { description: 'The question’s linkId, as given.' })
  linkId!: string

  @Field(() => AnswerErrorCodes, { description: 'What is wrong.' })
  code!: AnswerErrorCode

  @Field(() => String, { description: 'For people, in the language of the request.' })
  message!: string

  @Field(() => Float, { nullable: true, description: 'The bound that was passed, where there is one.' })
  limit!: number | null
}

@Access(allow)
@ObjectType({ implements: Refusal, description: 'Triage cannot be completed yet: questions are left.' })
export class TriageIncomplete extends Refusal {
  @Field(() => [String], { description: 'linkIds of the required questions that are left.' })
  missing!: string[]
}

@Access(allow)
@ObjectType({
  implements: Refusal,
  description: 'No new case, since the patient has one open: the way to it, and when to call 112. [R25]',
})
export class OpenCaseExists extends Refusal {
  @Field(() => CareCase, {
    nullable: true,
    description: 'The open case: on the same complaint, or the one that was opened last. Its questions can be answered anew.',
  })
  careCase!: CareCase | null

  @Field(() => String, { description: 'When to call 112 instead, for people.' })
  instructions!: string

  @Field(() => String, { description: 'The number to call in an emergency.' })
  phoneNumber!: string
}

@Access(allow)
@ObjectType({ description: 'The new case, or why it was not started.' })
export class StartTriagePayload {
  @Field(() => CareCase, { nullable: true, description: 'The case; a retry gives the first one.' })
  careCase!: CareCase | null

  @Field(() => Refusal, { nullable: true, description: 'Why not; null when it was started.' })
  refusal!: Refusal | null
}

@Access(allow)
@ObjectType({ description: 'What came of the answers.' })
export class AnswerTriagePayload {
  @Field(() => CareCase, { nullable: true, description: 'The case as it is now; what to ask next is in `triage`.' })
  careCase!: CareCase | null

  @Field(() => TriageOutcome, {
    nullable: true,
    description:
      'CALL_112 once the patient has been told so, also beside a refusal; what was decided when it is told again; else null.',
  })
  outcome!: TriageOutcome | null

  @Field(() => TriageAssessment, { nullable: true, description: 'What to do now, where there is an outcome.' })
  assessment!: TriageAssessment | null

  @Field(() => [AnswerError], {
    description: 'What is wrong with the answers; then none were kept, unless they raise a red flag: then the sound ones were.',
  })
  errors!: AnswerError[]

  @Field(() => Refusal, { nullable: true, description: 'Why no answers are taken; null when they are.' })
  refusal!: Refusal | null
}

@Access(allow)
@ObjectType({ description: 'Where triage led.' })
export class CompleteTriagePayload {
  @Field(() => CareCase, { nullable: true, description: 'The case as it is now.' })
  careCase!: CareCase | null

  @Field(() => TriageOutcome, {
    nullable: true,
    description: 'Which of the four outcomes; null when refused, unless the patient has been told 112.',
  })
  outcome!: TriageOutcome | null

  @Field(() => TriageAssessment, { nullable: true, description: 'Why, and what to do now, where there is an outcome.' })
  assessment!: TriageAssessment | null

  @Field(() => Refusal, { nullable: true, description: 'Why not; null when it was completed.' })
  refusal!: Refusal | null
}
