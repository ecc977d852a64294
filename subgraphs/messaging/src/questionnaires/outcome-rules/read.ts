import {
  type Placed,
  type Problems,
  type Questionnaire,
  readCondition,
  readQuestionnaire,
  readText,
  type Text,
} from '@vardgraf/forms'
import { checkRules, type PlacedRule } from './check.js'
import type { Rule, TriageQuestionnaire } from './rule.js'
import { type RulePart, rulePart, ruleUrl } from './shape.js'

/**
 * Reads a FHIR R4 Questionnaire with its outcome rules, and checks both.
 * @throws QuestionnaireError naming `file` and the path of every fault.
 */
export const readTriage = (file: string, json: unknown): TriageQuestionnaire =>
  readQuestionnaire(file, json, { url: ruleUrl, read: readRules })

function readRules(q: Questionnaire, extensions: readonly Placed[], problems: Problems): { rules: Rule[] } {
  const rules = extensions.flatMap((each) => readRule(q, each, problems) ?? [])
  checkRules(q, rules, problems)
  return { rules: rules.map(({ rule }) => rule) }
}

function readRule(q: Questionnaire, { path, extension }: Placed, problems: Problems): PlacedRule | null {
  const parts = problems.parse(`${path}.extension`, rulePart.array().safeParse(extension.extension))
  if (!parts) return null
  const part = <U extends RulePart['url']>(url: U): Extract<RulePart, { url: U }> | undefined => {
    const [first, ...more] = parts.filter((each): each is Extract<RulePart, { url: U }> => each.url === url)
    if (more.length > 0) problems.add(path, `has more than one ${url}`)
    return first
  }
  const words = (url: 'reason' | 'advice'): Text | null => {
    const found = part(url)
    return found ? readText(found.valueString, found._valueString?.extension, `${path}.${url}`, problems) : null
  }
  const [id, kind, outcome, reason] = [part('id')?.valueId, part('kind')?.valueCode, part('outcome')?.valueCode, words('reason')]
  if (!id || !kind || !outcome || !reason) {
    problems.add(path, 'a triage rule needs id, kind, outcome and reason')
    return null
  }
  const expression = part('condition')?.valueExpression.expression ?? null
  if ((expression === null) !== (kind === 'default'))
    problems.add(path, 'every rule but the default needs a condition, and the default has none')
  // A red flag is judged while questions are still open.
  const options = { variables: { age: [0, 40, 90] }, positive: kind === 'red-flag' }
  const condition = expression === null ? null : readCondition(q, expression, options, `${path} "${id}".condition`, problems)
  const rule: Rule = {
    id,
    kind: kind === 'red-flag' ? 'RED_FLAG' : kind === 'outcome' ? 'OUTCOME' : 'DEFAULT',
    condition: condition ?? (() => kind === 'default'),
    outcome,
    priority: part('priority')?.valueCode ?? null,
    reason,
    advice: words('advice'),
  }
  return { path, rule }
}
