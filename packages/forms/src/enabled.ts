import { type Answers, type EnableWhen, type Item, isQuestion, type Questionnaire, type Value } from './questionnaire.js'

/**
 * The linkIds of the items that are asked, given the answers. Items are taken in document order: an answer to an item that is not asked
 * counts for nothing, so it cannot enable another item. `checkItems` makes sure that conditions refer to earlier items only.
 */
export function enabledItems(q: Questionnaire, answers: Answers): Set<string> {
  const enabled = new Set<string>()
  for (const { item, parent } of q.flat) {
    if (parent !== null && !enabled.has(parent)) continue
    if (conditionsHold(item, (linkId) => (enabled.has(linkId) ? (answers.get(linkId) ?? []) : []))) enabled.add(item.linkId)
  }
  return enabled
}

/** The answers that count: those to questions that are asked. An answer to a question that is no longer asked is left out. */
export function effectiveAnswers(q: Questionnaire, answers: Answers): Map<string, readonly Value[]> {
  const enabled = enabledItems(q, answers)
  return new Map([...answers].filter(([linkId, values]) => values.length > 0 && enabled.has(linkId)))
}

/** Required questions that are asked and not answered, in order. */
export function missing(q: Questionnaire, answers: Answers): string[] {
  const enabled = enabledItems(q, answers)
  return q.flat
    .filter(({ item }) => isQuestion(item) && item.required && enabled.has(item.linkId) && !answered(answers, item.linkId))
    .map(({ item }) => item.linkId)
}

export const answered = (answers: Answers, linkId: string): boolean => (answers.get(linkId)?.length ?? 0) > 0

function conditionsHold(item: Item, valuesOf: (linkId: string) => readonly Value[]): boolean {
  if (item.enableWhen.length === 0) return true
  const holds = (condition: EnableWhen): boolean => conditionHolds(condition, valuesOf(condition.question))
  return item.enableBehavior === 'all' ? item.enableWhen.every(holds) : item.enableWhen.some(holds)
}

/** FHIR R4's questionnaire-enable-operator; `!=` also holds where nothing is answered. */
function conditionHolds({ operator, answer }: EnableWhen, values: readonly Value[]): boolean {
  switch (operator) {
    case 'exists':
      return values.length > 0 === answer
    case '=':
      return values.includes(answer)
    case '!=':
      return !values.includes(answer)
    case '>':
      return values.some((value) => value > answer)
    case '<':
      return values.some((value) => value < answer)
    case '>=':
      return values.some((value) => value >= answer)
    case '<=':
      return values.some((value) => value <= answer)
  }
}
