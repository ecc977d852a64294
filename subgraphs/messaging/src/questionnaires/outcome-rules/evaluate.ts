import { type Answers, canonical, missing, thatHold } from '@vardgraf/forms'
import { priorities, type Rule, type Situation, type TriageQuestionnaire } from './rule.js'

/** What the answers lead to. A red flag is raised while questions are open; an outcome needs every required answer. [R30] [R31] */
export type Verdict =
  | { kind: 'RED_FLAG'; rule: Rule }
  | { kind: 'OUTCOME'; rule: Rule }
  | { kind: 'INCOMPLETE'; missing: string[] }

/**
 * The verdict on the answers: the same answers and age always give the same. A red flag comes first. Otherwise, when every required
 * question is answered, the most urgent rule that holds decides, or the default. Answers to questions that are not asked are ignored.
 */
export function evaluate(q: TriageQuestionnaire, answers: Answers, situation: Situation): Verdict {
  const [redFlag] = redFlags(q, answers, situation)
  if (redFlag) return { kind: 'RED_FLAG', rule: redFlag }
  const open = missing(q, answers)
  if (open.length > 0) return { kind: 'INCOMPLETE', missing: open }
  const holds = (kind: Rule['kind']): Rule[] => rulesThatHold(q, kind, answers, situation)
  const [rule] = [...holds('OUTCOME').sort((a, b) => urgency(a) - urgency(b)), ...holds('DEFAULT')]
  if (!rule) throw new Error(`${canonical(q)} has no default outcome`)
  return { kind: 'OUTCOME', rule }
}

/** Every red flag that the answers raise, in the order of the file. */
export const redFlags = (q: TriageQuestionnaire, answers: Answers, situation: Situation): Rule[] =>
  rulesThatHold(q, 'RED_FLAG', answers, situation)

function rulesThatHold(q: TriageQuestionnaire, kind: Rule['kind'], answers: Answers, { ageYears }: Situation): Rule[] {
  const rules = q.rules.filter((rule) => rule.kind === kind)
  return thatHold(q, rules, answers, { age: ageYears })
}

/** Lower is more urgent: 112, then by priority, then self-care. */
function urgency(rule: Rule): number {
  if (rule.outcome === 'CALL_112') return -1
  return rule.priority === null ? priorities.length : priorities.indexOf(rule.priority)
}
