import type { Problems } from './problems.js'
import { type EnableWhen, type Item, isQuestion, type Questionnaire } from './questionnaire.js'
import { answerError } from './validate.js'

/** Checks what the shape cannot: linkIds are unique, conditions refer to earlier questions, and each type has only its own elements. */
export function checkItems(q: Questionnaire, problems: Problems): void {
  const seen = new Set<string>()
  for (const { item } of q.flat) {
    const at = `item "${item.linkId}"`
    if (seen.has(item.linkId)) problems.add(at, 'the linkId is used twice')
    for (const condition of item.enableWhen) {
      const fault = enableWhenFault(q, seen, condition)
      if (fault) problems.add(at, `enableWhen ${fault}`)
    }
    seen.add(item.linkId)
    for (const fault of itemFaults(item)) problems.add(at, fault)
  }
}

function itemFaults(item: Item): string[] {
  const { type, min, max, options } = item
  const found: string[] = []
  if ((type === 'group') !== item.items.length > 0) found.push('a group, and nothing else, holds items')
  if ((type === 'choice') !== options.length > 0) found.push('a choice, and nothing else, has answerOption')
  if (item.repeats && type !== 'choice') found.push('only a choice may repeat')
  if (!isQuestion(item) && item.required) found.push('only a question can be required')
  if (min !== null && max !== null && min > max) found.push('minValue is above maxValue')
  if (!item.repeats && options.some(({ exclusive }) => exclusive)) found.push('optionExclusive is for a choice that repeats')
  if (new Set(options.map(({ code }) => code)).size < options.length) found.push('two options have the same code')
  return found
}

function enableWhenFault(
  q: Questionnaire,
  earlier: ReadonlySet<string>,
  { question, operator, answer }: EnableWhen,
): string | null {
  const target = q.byLinkId.get(question)
  if (!target || !isQuestion(target)) return `refers to "${question}", which is not a question here`
  if (!earlier.has(question)) return `refers to "${question}", which comes later`
  const isAnswer =
    operator === 'exists' ? typeof answer === 'boolean' : !answerError({ ...target, min: null, max: null }, question, [answer])
  if (!isAnswer) return `compares "${question}" with ${JSON.stringify(answer)}, which is no answer to it`
  const orders = ['>', '<', '>=', '<='].includes(operator)
  return orders && typeof answer !== 'number' ? `can only order numbers, not "${question}"` : null
}
