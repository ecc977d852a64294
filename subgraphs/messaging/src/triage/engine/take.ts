import { redFlags } from './evaluate.js'
import type { Answers, Questionnaire, Rule, Situation } from './questionnaire.js'
import { type AnswerError, validate } from './validate.js'

export interface Step {
  /** What is wrong with the answers just given; then none of them are kept, unless they raise a red flag. */
  errors: AnswerError[]
  /** Those of the answers just given that are to be kept. */
  accepted: Answers
  /** The red flag that they raise, when there is one. */
  redFlag: Rule | null
}

/**
 * Takes new answers on top of the earlier ones. A fault in one answer refuses them all, so that the client can correct and resend;
 * but a red flag among the sound ones counts at once: a misspelt temperature must not stand between a patient and 112.
 * `told`: she has been told 112 before. Then a red flag that stood already is not raised anew; another one is.
 */
export function take(q: Questionnaire, earlier: Answers, given: Answers, situation: Situation, told = false): Step {
  const errors = validate(q, given.size === 0 ? given : merge(earlier, given)).filter((error) => given.has(error.linkId))
  const faulty = new Set(errors.map((error) => error.linkId))
  const sound = new Map([...given].filter(([linkId]) => !faulty.has(linkId)))
  const standing = told ? redFlags(q, earlier, situation) : []
  const raised = redFlags(q, merge(earlier, sound), situation).find((rule) => !standing.includes(rule))
  if (raised) return { errors, accepted: sound, redFlag: raised }
  return { errors, accepted: errors.length > 0 ? new Map() : sound, redFlag: null }
}

/** Later answers replace earlier ones to the same question. */
export function merge(earlier: Answers, later: Answers): Answers {
  return new Map([...earlier, ...later])
}
