import { effectiveAnswers } from './enabled.js'
import type { Problems } from './problems.js'
import { type Answers, type Item, isQuestion, type Questionnaire, type Value } from './questionnaire.js'
import type { ReadRule } from './read.js'
import { toResponse } from './response.js'
import { answerError } from './validate.js'

/** What a valid shape cannot show: references, order, and that the rules say what they should. */
export function checkQuestionnaire(q: Questionnaire, rules: readonly ReadRule[], problems: Problems): void {
  checkItems(q, problems)
  checkRuleSet(rules, problems)
  for (const rule of rules) checkRule(q, rule, problems)
  if (problems.found.length === 0) probe(q, rules, problems)
}

function checkItems(q: Questionnaire, problems: Problems): void {
  const seen = new Set<string>()
  for (const { item } of q.flat) {
    const at = `item "${item.linkId}"`
    if (seen.has(item.linkId)) problems.add(at, 'the linkId is used twice')
    for (const { question, operator, answer } of item.enableWhen)
      checkEnableWhen(q, at, seen, question, operator, answer, problems)
    seen.add(item.linkId)
    if ((item.type === 'group') !== item.items.length > 0) problems.add(at, 'a group, and nothing else, holds items')
    if ((item.type === 'choice') !== item.options.length > 0) problems.add(at, 'a choice, and nothing else, has answerOption')
    if (item.repeats && item.type !== 'choice') problems.add(at, 'only a choice may repeat')
    if (!isQuestion(item) && item.required) problems.add(at, 'only a question can be required')
    if (item.min !== null && item.max !== null && item.min > item.max) problems.add(at, 'minValue is above maxValue')
    if (new Set(item.options.map(({ code }) => code)).size < item.options.length)
      problems.add(at, 'two options have the same code')
  }
  if (!q.flat.some(({ item }) => item.required))
    problems.add('item', 'no question is required: triage would be complete before it began')
}

function checkEnableWhen(
  q: Questionnaire,
  at: string,
  earlier: ReadonlySet<string>,
  question: string,
  operator: string,
  answer: Value,
  problems: Problems,
): void {
  const target = q.byLinkId.get(question)
  if (!target || !isQuestion(target)) {
    problems.add(at, `enableWhen refers to "${question}", which is not a question here`)
    return
  }
  if (!earlier.has(question)) {
    problems.add(at, `enableWhen refers to "${question}", which comes later`)
    return
  }
  if (
    operator === 'exists' ? typeof answer !== 'boolean' : answerError({ ...target, min: null, max: null }, question, [answer])
  ) {
    problems.add(at, `enableWhen compares "${question}" with ${JSON.stringify(answer)}, which is no answer to it`)
  }
  if (['>', '<', '>=', '<='].includes(operator) && typeof answer !== 'number')
    problems.add(at, `enableWhen can only order numbers, not "${question}"`)
}

function checkRuleSet(rules: readonly ReadRule[], problems: Problems): void {
  const defaults = rules.filter(({ rule }) => rule.kind === 'DEFAULT')
  if (defaults.length !== 1)
    problems.add('extension', `there must be exactly one default outcome, and there are ${defaults.length}`)
  if (!rules.some(({ rule }) => rule.kind === 'RED_FLAG')) problems.add('extension', 'there is no red flag')
  const ids = rules.map(({ rule }) => rule.id)
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index)))
    problems.add('extension', `the rule id "${id}" is used twice`)
}

function checkRule(q: Questionnaire, { path, rule, compiled }: ReadRule, problems: Problems): void {
  const at = `${path} "${rule.id}"`
  const waits = rule.outcome === 'HEALTH_CENTRE' || rule.outcome === 'NURSE_LINE_1177'
  if (rule.kind === 'RED_FLAG' && rule.outcome !== 'CALL_112') problems.add(at, 'a red flag always ends in CALL_112')
  if (waits !== (rule.priority !== null)) problems.add(at, 'who goes on to the waiting room has a priority, and nobody else')
  if (rule.outcome === 'SELF_CARE' && rule.advice === null) problems.add(at, 'self-care needs advice')
  if (!compiled) return
  for (const linkId of compiled.linkIds) {
    const item = q.byLinkId.get(linkId)
    if (!item || !isQuestion(item)) problems.add(at, `refers to "${linkId}", which is not a question here`)
  }
  if (rule.kind === 'RED_FLAG' && compiled.linkIds.length === 0) problems.add(at, 'a red flag must refer to an answer')
  for (const linkId of compiled.shallow) {
    if (q.flat.some(({ item, parent }) => item.linkId === linkId && parent !== null))
      problems.add(at, `"${linkId}" is in a group: write repeat(item).where(linkId='${linkId}')`)
  }
  for (const { linkIds, literals, single, member } of compiled.comparisons) {
    const choices = linkIds.flatMap((linkId) => q.byLinkId.get(linkId) ?? []).filter((item) => item.type === 'choice')
    const wrong = literals.filter(
      (code) => choices.length > 0 && !choices.some((item) => item.options.some((option) => option.code === code)),
    )
    for (const code of wrong)
      problems.add(at, `'${code}' is not an option of "${choices.map((item) => item.linkId).join('", "')}"`)
    // A coding is never equal to a text: without this the rule would silently never hold.
    if (linkIds.length > 0 && member !== (choices.length > 0 ? 'code' : 'value'))
      problems.add(at, `"${linkIds.join('", "')}" is compared by .answer.value${choices.length > 0 ? '.code' : ''}`)
    const many = choices.find((item) => item.repeats)
    if (single && many) problems.add(at, `"${many.linkId}" can have several answers: write 'code' in … instead of =`)
  }
}

/** Tries every rule on no answers and on samples that use each option and bound, so that a type error shows now and not at a patient. */
function probe(q: Questionnaire, rules: readonly ReadRule[], problems: Problems): void {
  const questions = q.flat.map(({ item }) => item).filter(isQuestion)
  const rounds = Math.max(...questions.map((item) => samples(item).length))
  const answers: Answers[] = [new Map()]
  for (let round = 0; round < rounds; round++) {
    answers.push(new Map(questions.map((item) => [item.linkId, samples(item)[round % samples(item).length] ?? []])))
  }
  const responses = answers.flatMap((each) => [toResponse(q, each), toResponse(q, effectiveAnswers(q, each))])
  const empty = toResponse(q, new Map())
  for (const { path, rule } of rules) {
    try {
      for (const ageYears of [0, 40, 90]) {
        for (const response of responses) rule.condition(response, { ageYears })
        if (rule.kind === 'RED_FLAG' && rule.condition(empty, { ageYears }))
          problems.add(`${path} "${rule.id}"`, 'holds before anything is answered')
      }
    } catch (error) {
      problems.add(`${path} "${rule.id}"`, `cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

function samples(item: Item): (readonly Value[])[] {
  switch (item.type) {
    case 'boolean':
      return [[true], [false]]
    case 'integer':
    case 'decimal':
      return [[item.min ?? 0], [item.max ?? 100]]
    case 'choice':
      return [
        ...item.options.map(({ code }) => [code]),
        ...(item.repeats ? [item.options.filter(({ exclusive }) => !exclusive).map(({ code }) => code)] : []),
      ]
    default:
      return [['text']]
  }
}
