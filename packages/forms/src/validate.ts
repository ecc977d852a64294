import { isStorable } from '@vardgraf/process/storable'
import { enabledItems } from './enabled.js'
import { type Answers, type Item, isQuestion, type Questionnaire, type Value } from './questionnaire.js'

export const answerErrorCodes = [
  'UNKNOWN_QUESTION',
  'NOT_ASKED',
  'WRONG_TYPE',
  'NOT_AN_OPTION',
  'NOT_COMBINABLE',
  'ONLY_ONE_ANSWER',
  'TOO_LOW',
  'TOO_HIGH',
  'TOO_LONG',
] as const
export type AnswerErrorCode = (typeof answerErrorCodes)[number]

export interface AnswerError {
  linkId: string
  code: AnswerErrorCode
  /** The bound that the answer is outside of, where there is one. */
  limit?: number
}

/** What is wrong with the answers, at most one error for each question. A missing answer is not an error here. [R30] */
export function validate(q: Questionnaire, answers: Answers): AnswerError[] {
  const malformed = [...answers].flatMap(([linkId, values]) => answerError(q.byLinkId.get(linkId), linkId, values) ?? [])
  const bad = new Set(malformed.map((error) => error.linkId))
  // A malformed answer must not decide which other questions are asked.
  const enabled = enabledItems(q, new Map([...answers].filter(([linkId]) => !bad.has(linkId))))
  const notAsked = [...answers.keys()].filter((linkId) => !bad.has(linkId) && !enabled.has(linkId))
  return [...malformed, ...notAsked.map((linkId) => ({ linkId, code: 'NOT_ASKED' as const }))]
}

/** What is wrong with one answer, without a look at the others; null when it is right. */
export function answerError(item: Item | undefined, linkId: string, values: readonly Value[]): AnswerError | null {
  if (!item || !isQuestion(item)) return { linkId, code: 'UNKNOWN_QUESTION' }
  if (values.length > 1 && !item.repeats) return { linkId, code: 'ONLY_ONE_ANSWER' }
  if (new Set(values).size < values.length) return { linkId, code: 'NOT_COMBINABLE' }
  for (const value of values) {
    const error = valueError(item, value)
    if (error) return { linkId, ...error }
  }
  const exclusive = item.options.some((option) => option.exclusive && values.includes(option.code))
  return exclusive && values.length > 1 ? { linkId, code: 'NOT_COMBINABLE' } : null
}

function valueError(item: Item, value: Value): Omit<AnswerError, 'linkId'> | null {
  switch (item.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : { code: 'WRONG_TYPE' }
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) ? outOfBounds(item, value) : { code: 'WRONG_TYPE' }
    case 'decimal':
      return typeof value === 'number' && Number.isFinite(value) ? outOfBounds(item, value) : { code: 'WRONG_TYPE' }
    case 'choice':
      if (typeof value !== 'string') return { code: 'WRONG_TYPE' }
      return item.options.some((option) => option.code === value) ? null : { code: 'NOT_AN_OPTION' }
    default:
      if (typeof value !== 'string' || value.trim() === '' || !isStorable(value)) return { code: 'WRONG_TYPE' }
      return value.length > item.maxLength ? { code: 'TOO_LONG', limit: item.maxLength } : null
  }
}

function outOfBounds(item: Item, value: number): Omit<AnswerError, 'linkId'> | null {
  if (item.min !== null && value < item.min) return { code: 'TOO_LOW', limit: item.min }
  if (item.max !== null && value > item.max) return { code: 'TOO_HIGH', limit: item.max }
  return null
}
