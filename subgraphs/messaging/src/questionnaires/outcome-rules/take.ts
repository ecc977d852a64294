import { type AnswerError, type Answers, merge, take, type Value } from '@vardgraf/forms'
import { redFlags } from './evaluate.js'
import type { Rule, Situation, TriageQuestionnaire } from './rule.js'

export interface Step {
  /** What is wrong with the answers just given. If anything is, none of them are stored, unless they raise a red flag. */
  errors: AnswerError[]
  /** Those of the answers just given that are to be stored. */
  accepted: Answers
  /** The red flag that they raise, or null. */
  redFlag: Rule | null
}

/**
 * Takes answers that are given in addition to earlier ones. One wrong answer refuses them all, so that the client can correct and send
 * again. But a red flag among the right ones counts at once: a mistyped temperature must not delay a call to 112. A sign that she has
 * chosen among the options counts, whatever else is chosen with it.
 * `told`: she has been told 112 before. Then a red flag that held already is not raised again; a different one is, and so is another
 * sign under the same rule.
 */
export function takeAnswers(q: TriageQuestionnaire, earlier: Answers, given: Answers, situation: Situation, told = false): Step {
  const { errors, accepted, understood } = take(q, earlier, given)
  const holding = redFlags(q, merge(earlier, understood), situation)
  const raised = told ? holding.find((rule) => isRaisedAnew(q, rule, earlier, understood, situation)) : holding[0]
  return raised ? { errors, accepted: understood, redFlag: raised } : { errors, accepted, redFlag: null }
}

/** Whether the rule did not hold before, or holds because of a new value: one rule may cover several signs. */
function isRaisedAnew(q: TriageQuestionnaire, rule: Rule, earlier: Answers, understood: Answers, situation: Situation): boolean {
  const holds = (answers: Answers): boolean => redFlags(q, answers, situation).includes(rule)
  if (!holds(earlier)) return true
  const isNew = (linkId: string, value: Value): boolean => !earlier.get(linkId)?.includes(value)
  const added = new Map(
    [...understood].map(([linkId, values]): [string, Value[]] => [linkId, values.filter((value) => isNew(linkId, value))]),
  )
  const changed = new Map([...added].filter(([, values]) => values.length > 0))
  if (changed.size === 0) return false
  const without = new Map([...changed.keys()].map((linkId): [string, Value[]] => [linkId, []]))
  return holds(changed) || (holds(merge(earlier, changed)) && !holds(merge(earlier, without)))
}
