import { evaluate, type Verdict } from './evaluate.js'
import type { Answers, Questionnaire, Situation } from './questionnaire.js'
import { type AnswerError, validate } from './validate.js'

export interface Step {
  /** What is wrong with the answers just given; then none of them are kept, unless they end triage. */
  errors: AnswerError[]
  /** Those of the answers just given that are to be kept. */
  accepted: Answers
  /** The red flag, when there is one: triage ends here. */
  redFlag: Extract<Verdict, { kind: 'RED_FLAG' }> | null
}

/**
 * Takes new answers on top of the earlier ones. A fault in one answer refuses them all, so that the client can correct and resend;
 * but a red flag among the sound ones ends triage at once: a misspelt temperature must not stand between a patient and 112.
 */
export function take(q: Questionnaire, earlier: Answers, given: Answers, situation: Situation): Step {
  const errors = validate(q, given.size === 0 ? given : merge(earlier, given)).filter((error) => given.has(error.linkId))
  const faulty = new Set(errors.map((error) => error.linkId))
  const sound = new Map([...given].filter(([linkId]) => !faulty.has(linkId)))
  const verdict = evaluate(q, merge(earlier, sound), situation)
  if (verdict.kind === 'RED_FLAG') return { errors, accepted: sound, redFlag: verdict }
  return { errors, accepted: errors.length > 0 ? new Map() : sound, redFlag: null }
}

/** Later answers replace earlier ones to the same question. */
export function merge(earlier: Answers, later: Answers): Answers {
  return new Map([...earlier, ...later])
}
