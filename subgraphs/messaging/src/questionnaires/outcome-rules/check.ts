import type { Problems, Questionnaire } from '@vardgraf/forms'
import type { Rule } from './rule.js'

/** A rule, and where it stands in the file. */
export interface PlacedRule {
  path: string
  rule: Rule
}

/** Checks the rules of a questionnaire together, and that each leads to an outcome that its kind allows. */
export function checkRules(q: Questionnaire, rules: readonly PlacedRule[], problems: Problems): void {
  if (!q.flat.some(({ item }) => item.required))
    problems.add('item', 'no question is required, so triage would be complete before the first answer')
  const defaults = rules.filter(({ rule }) => rule.kind === 'DEFAULT')
  if (defaults.length !== 1)
    problems.add('extension', `there must be exactly one default outcome, and there are ${defaults.length}`)
  if (!rules.some(({ rule }) => rule.kind === 'RED_FLAG')) problems.add('extension', 'there is no red flag')
  const ids = rules.map(({ rule }) => rule.id)
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index)))
    problems.add('extension', `the rule id "${id}" is used twice`)
  for (const { path, rule } of rules) for (const fault of outcomeFaults(rule)) problems.add(`${path} "${rule.id}"`, fault)
}

function outcomeFaults({ kind, outcome, priority, advice }: Rule): string[] {
  const found: string[] = []
  const waits = outcome === 'HEALTH_CENTRE' || outcome === 'NURSE_LINE_1177'
  if (kind === 'RED_FLAG' && outcome !== 'CALL_112') found.push('a red flag always ends in CALL_112')
  if (waits !== (priority !== null)) found.push('a rule has a priority if its outcome leads to the waiting room, and only then')
  if (outcome === 'SELF_CARE' && advice === null) found.push('self-care needs advice')
  return found
}
