import { Access, allow } from '@vardgraf/access'
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { TriageOutcome } from '../generated/prisma/enums.js'
import { Questionnaire, QuestionnaireItem } from '../questionnaires/schema.js'

@Access(allow)
@ObjectType({ description: 'Where triage led, and what the patient is to do.' })
export class TriageAssessment {
  @Field(() => TriageOutcome, { description: 'Which of the four outcomes.' })
  outcome!: TriageOutcome

  @Field(() => String, { description: 'Why, for people.' })
  reason!: string

  @Field(() => String, { description: 'What to do now, for people.' })
  instructions!: string

  @Field(() => String, { nullable: true, description: 'Advice on self-care, for people.' })
  advice!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The number to call: 112 in an emergency, 1177 for who got worse once staff had begun.',
  })
  phoneNumber!: string | null
}

@Access(allow)
@ObjectType({ description: 'How far the patient has come; `asked` changes with the answers.' })
export class TriageProgress {
  @Field(() => Int, { description: 'Questions answered, of those asked.' })
  answered!: number

  @Field(() => Int, { description: 'Questions asked as things stand.' })
  asked!: number

  @Field(() => Boolean, { description: 'Nothing required is left: triage can be completed.' })
  complete!: boolean
}

@Access(allow)
@ObjectType({ description: 'The latest answer to one question.' })
export class TriageAnswer {
  @Field(() => String, { description: 'The question’s linkId.' })
  linkId!: string

  @Field(() => String, { description: 'The question as it was asked, in the language of the request.' })
  question!: string

  @Field(() => String, { description: 'The answer for people: options by their text, numbers with unit.' })
  display!: string

  @Field(() => Boolean, { nullable: true, description: 'The answer to a yes-or-no question; else null.' })
  boolean!: boolean | null

  @Field(() => Float, { nullable: true, description: 'The answer to a question for a number; else null.' })
  number!: number | null

  @Field(() => String, { nullable: true, description: 'The answer in free text; else null.' })
  text!: string | null

  @Field(() => [String], { nullable: true, description: 'Codes of the options chosen; null for what is no choice.' })
  codes!: string[] | null

  @Field(() => Boolean, { description: 'It counts. An answer to a question that is no longer asked is kept, but ignored.' })
  counts!: boolean

  @Field(() => Date, { description: 'When it was given.' })
  answeredAt!: Date
}

@Access(allow)
@ObjectType({ description: 'The first assessment of a case by questions (triage): resumed from here. [R30]' })
export class Triage {
  @Field(() => Questionnaire, { description: 'The version that the case began with.' })
  questionnaire!: Questionnaire

  @Field(() => [TriageAnswer], { description: 'The latest answer of each question, in the order of the questionnaire.' })
  answers!: TriageAnswer[]

  @Field(() => [QuestionnaireItem], {
    description: 'Questions that are asked and not answered, in order; empty once the case has ended.',
  })
  nextItems!: QuestionnaireItem[]

  @Field(() => TriageProgress, { description: 'How far the patient has come.' })
  progress!: TriageProgress

  @Field(() => TriageAssessment, { nullable: true, description: 'Where it led; null while it goes on.' })
  assessment!: TriageAssessment | null

  @Field(() => Date, { description: 'When it began.' })
  startedAt!: Date
}

@Access(allow)
@ObjectType({ description: 'A red flag in a case that staff have begun with: the patient has been told to call 112. [R31]' })
export class RedFlag {
  @Field(() => Date, { description: 'When it was raised, the last time.' })
  raisedAt!: Date

  @Field(() => TriageAssessment, { description: 'What the patient was told, and why.' })
  assessment!: TriageAssessment
}
