import { redFlags } from './evaluate.js'
import type { Answers, Questionnaire, Rule, Situation, Value } from './questionnaire.js'
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
 * `told`: she has been told 112 before. Then a red flag that stood already is not raised anew; another one is, and another sign of the same.
 */
export function take(q: Questionnaire, earlier: Answers, given: Answers, situation: Situation, told = false): Step {
  const errors = validate(q, given.size === 0 ? given : merge(earlier, given)).filter((error) => given.has(error.linkId))
  const faulty = new Set(errors.map((error) => error.linkId))
  const sound = new Map([...given].filter(([linkId]) => !faulty.has(linkId)))
  // What she has pointed out among the options counts, whatever stands beside it.
  const pointedOut = new Map([...given].flatMap(([linkId, values]) => (faulty.has(linkId) ? optionsOf(q, linkId, values) : [])))
  const heard = merge(sound, pointedOut)
  const holding = redFlags(q, merge(earlier, heard), situation)
  const raised = told ? holding.find((rule) => isRaisedAnew(q, rule, earlier, heard, situation)) : holding[0]
  if (raised) return { errors, accepted: heard, redFlag: raised }
  return { errors, accepted: errors.length > 0 ? new Map() : sound, redFlag: null }
}

/** The options of a question with several that a faulty answer names, each once and without what is chosen alone; [] where there are none. */
function optionsOf(q: Questionnaire, linkId: string, values: readonly Value[]): [string, Value[]][] {
  const item = q.byLinkId.get(linkId)
  if (item?.type !== 'choice' || !item.repeats) return []
  const named = item.options.filter(({ code, exclusive }) => !exclusive && values.includes(code)).map(({ code }) => code)
  return named.length > 0 ? [[linkId, named]] : []
}

/** A rule that did not hold before, or that holds by what is new in these answers alone: one rule may cover several signs. */
function isRaisedAnew(q: Questionnaire, rule: Rule, earlier: Answers, sound: Answers, situation: Situation): boolean {
  const holds = (answers: Answers): boolean => redFlags(q, answers, situation).includes(rule)
  if (!holds(earlier)) return true
  const isNew = (linkId: string, value: Value): boolean => !earlier.get(linkId)?.includes(value)
  const added = new Map(
    [...sound].map(([linkId, values]): [string, Value[]] => [linkId, values.filter((value) => isNew(linkId, value))]),
  )
  const changed = new Map([...added].filter(([, values]) => values.length > 0))
  if (changed.size === 0) return false
  const without = new Map([...changed.keys()].map((linkId): [string, Value[]] => [linkId, []]))
  return holds(changed) || (holds(merge(earlier, changed)) && !holds(merge(earlier, without)))
}

/** Later answers replace earlier ones to the same question. */
export function merge(earlier: Answers, later: Answers): Answers {
  return new Map([...earlier, ...later])
}
