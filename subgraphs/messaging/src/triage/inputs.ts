import { GraphError } from '@vardgraf/errors'
import type { Answers, Value } from '@vardgraf/forms'
import { Field, Float, ID, InputType } from 'type-graphql'
import { EntryChannel } from '../generated/prisma/enums.js'

@InputType({ description: 'A case to start with questions.' })
export class StartTriageInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The patient; the viewer herself when left out. A guardian names a child below 13.',
  })
  patientId?: string | null

  @Field(() => ID, { nullable: true, description: 'The care unit; the health centre where the patient is listed when left out.' })
  unitId?: string | null

  @Field(() => ID, { description: 'The questionnaire; the latest active version of it is used.' })
  questionnaire!: string

  @Field(() => EntryChannel, { description: 'The way in that the patient took.' })
  entryChannel!: EntryChannel

  @Field(() => String, {
    description: 'Made by the client, at most 64 characters: a retry with the same key gives the first case.',
  })
  idempotencyKey!: string
}

@InputType({ description: 'An answer: the one field that suits the question’s type, or none to take an earlier answer back.' })
export class TriageAnswerInput {
  @Field(() => String, { description: 'The question’s linkId.' })
  linkId!: string

  @Field(() => Boolean, { nullable: true, description: 'Answers a BOOLEAN.' })
  boolean?: boolean | null

  @Field(() => Float, { nullable: true, description: 'Answers an INTEGER or a DECIMAL.' })
  number?: number | null

  @Field(() => String, { nullable: true, description: 'Answers a STRING or a TEXT.' })
  text?: string | null

  @Field(() => [String], { nullable: true, description: 'Codes of the options chosen: answers a CHOICE.' })
  codes?: string[] | null
}

@InputType({ description: 'Answers to some of the questions of a case.' })
export class AnswerTriageInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string

  @Field(() => [TriageAnswerInput], { description: 'The answers, at most 100, each question once.' })
  answers!: TriageAnswerInput[]
}

@InputType({ description: 'Which case is to be assessed.' })
export class CompleteTriageInput {
  @Field(() => ID, { description: 'The case.' })
  caseId!: string
}

const MAX_ANSWERS = 100

/** The answers by linkId.
 *  @throws GraphError BAD_USER_INPUT for too many, a question given twice, or an answer in two forms. */
export function answersOf({ answers }: AnswerTriageInput): Answers {
  if (answers.length > MAX_ANSWERS)
    throw new GraphError('BAD_USER_INPUT', { argument: 'answers', expected: `at most ${MAX_ANSWERS}` })
  const byLinkId = new Map(answers.map((answer) => [answer.linkId, valuesOf(answer)]))
  if (byLinkId.size < answers.length)
    throw new GraphError('BAD_USER_INPUT', { argument: 'answers', expected: 'each question once' })
  return byLinkId
}

function valuesOf({ boolean, number, text, codes }: TriageAnswerInput): Value[] {
  const [given, ...more] = [boolean, number, text, codes].filter((value) => value !== null && value !== undefined)
  if (more.length > 0)
    throw new GraphError('BAD_USER_INPUT', { argument: 'answers', expected: 'one of boolean, number, text and codes' })
  return given === undefined ? [] : [given].flat()
}
