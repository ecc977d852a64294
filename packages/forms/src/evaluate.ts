import { effectiveAnswers, missing } from './enabled.js'
import { type Answers, priorities, type Questionnaire, type Rule, type Situation } from './questionnaire.js'
import { toResponse } from './response.js'

/** Where the answers lead. A red flag needs no complete answers; an outcome does. [R30] [R31] */
export type Verdict =
  | { kind: 'RED_FLAG'; rule: Rule }
  | { kind: 'OUTCOME'; rule: Rule }
  | { kind: 'INCOMPLETE'; missing: string[] }

/**
 * The verdict on the answers, a function of them alone. A red flag beats everything; else, once the required questions are answered,
 * the most urgent of the rules that hold, or the default. Answers to questions that are not asked are ignored.
 */
export function evaluate(q: Questionnaire, answers: Answers, situation: Situation): Verdict {
  const [redFlag] = redFlags(q, answers, situation)
  if (redFlag) return { kind: 'RED_FLAG', rule: redFlag }
  const open = missing(q, answers)
  if (open.length > 0) return { kind: 'INCOMPLETE', missing: open }
  const holds = (kind: Rule['kind']): Rule[] => rulesThatHold(q, kind, answers, situation)
  const [rule] = [...holds('OUTCOME').sort((a, b) => urgency(a) - urgency(b)), ...holds('DEFAULT')]
  if (!rule) throw new Error(`${q.url}|${q.version} has no default outcome`)
  return { kind: 'OUTCOME', rule }
}

/** Every red flag that the answers raise, in the file's order. */
export const redFlags = (q: Questionnaire, answers: Answers, situation: Situation): Rule[] =>
  rulesThatHold(q, 'RED_FLAG', answers, situation)

function rulesThatHold(q: Questionnaire, kind: Rule['kind'], answers: Answers, situation: Situation): Rule[] {
  const response = toResponse(q, effectiveAnswers(q, answers))
  return q.rules.filter((rule) => rule.kind === kind && rule.condition(response, situation))
}

/** Lower is more urgent: 112, then by priority, then self-care; equals keep the file's order. */
function urgency(rule: Rule): number {
  if (rule.outcome === 'CALL_112') return -1
  return rule.priority === null ? priorities.length : priorities.indexOf(rule.priority)
}
