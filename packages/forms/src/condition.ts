import { effectiveAnswers } from './enabled.js'
import { compileExpression, type Expression, ExpressionError } from './expression.js'
import type { Problems } from './problems.js'
import { type Answers, isQuestion, type Questionnaire, type Value } from './questionnaire.js'
import { type Response, toResponse } from './response.js'
import { sampleAnswers } from './samples.js'

/** Values that a condition may use besides the answers, as `%name`. Null means that the value is not known: no comparison with it holds. */
export type Variables = Readonly<Record<string, Value | null>>

/** A compiled FHIRPath expression over the answers. False also where the expression gives nothing, as for an unanswered question. */
export type Condition = (response: Response, variables: Variables) => boolean

export interface ConditionOptions {
  /** The variables that the expression may use, each with values to try it with. */
  variables: Readonly<Record<string, readonly Value[]>>
  /** For a condition that is evaluated while questions are open: it may hold because of an answer, never because one is missing. */
  positive: boolean
}

/** Those of `rules` whose condition holds on the answers that count, in the order given. */
export function thatHold<R extends { condition: Condition }>(
  q: Questionnaire,
  rules: readonly R[],
  answers: Answers,
  variables: Variables,
): R[] {
  const response = toResponse(q, effectiveAnswers(q, answers))
  return rules.filter(({ condition }) => condition(response, variables))
}

/**
 * Compiles an expression and checks it: what it refers to, how it compares, and that it gives true or false on sample answers.
 * Null when it cannot be used; what is wrong is added to `problems` at `path`.
 */
export function readCondition(
  q: Questionnaire,
  text: string,
  { variables, positive }: ConditionOptions,
  path: string,
  problems: Problems,
): Condition | null {
  const found: string[] = []
  const expression = compiled(text, { variables: Object.keys(variables), positive }, found)
  if (expression) {
    found.push(...wrongReferences(q, expression), ...wrongComparisons(q, expression))
    if (positive && expression.linkIds.length === 0) found.push('must refer to an answer')
    if (found.length === 0) found.push(...failures(q, expression.holds, variables, positive))
  }
  for (const message of found) problems.add(path, message)
  return expression && found.length === 0 ? expression.holds : null
}

function compiled(
  text: string,
  options: { variables: readonly string[]; positive: boolean },
  found: string[],
): Expression | null {
  try {
    return compileExpression(text, options)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    found.push(error.message)
    return null
  }
}

function wrongReferences(q: Questionnaire, { linkIds, shallow }: Expression): string[] {
  const isUnknown = (linkId: string): boolean => {
    const item = q.byLinkId.get(linkId)
    return !item || !isQuestion(item)
  }
  const isInGroup = (linkId: string): boolean => q.flat.some(({ item, parent }) => item.linkId === linkId && parent !== null)
  return [
    ...linkIds.filter(isUnknown).map((linkId) => `refers to "${linkId}", which is not a question here`),
    ...shallow.filter(isInGroup).map((linkId) => `"${linkId}" is in a group: write repeat(item).where(linkId='${linkId}')`),
  ]
}

function wrongComparisons(q: Questionnaire, { comparisons }: Expression): string[] {
  return comparisons.flatMap(({ linkIds, literals, single, member }) => {
    const choices = linkIds.flatMap((linkId) => q.byLinkId.get(linkId) ?? []).filter((item) => item.type === 'choice')
    const isOption = (code: string): boolean => choices.some((item) => item.options.some((option) => option.code === code))
    const wrong = choices.length > 0 ? literals.filter((code) => !isOption(code)) : []
    const found = wrong.map((code) => `'${code}' is not an option of "${choices.map((item) => item.linkId).join('", "')}"`)
    // A coding is never equal to a text: without this the condition would silently never hold.
    if (linkIds.length > 0 && member !== (choices.length > 0 ? 'code' : 'value'))
      found.push(`"${linkIds.join('", "')}" is compared by .answer.value${choices.length > 0 ? '.code' : ''}`)
    const many = choices.find((item) => item.repeats)
    if (single && many) found.push(`"${many.linkId}" can have several answers: write 'code' in … instead of =`)
    return found
  })
}

/** Tries the condition with sample answers, so that a type error is found before a patient meets it. */
function failures(q: Questionnaire, holds: Condition, variables: ConditionOptions['variables'], positive: boolean): string[] {
  const responses = sampleAnswers(q).flatMap((each) => [toResponse(q, each), toResponse(q, effectiveAnswers(q, each))])
  const nothing = toResponse(q, new Map())
  try {
    for (const values of samplesOf(variables)) {
      for (const response of responses) holds(response, values)
      if (positive && holds(nothing, values)) return ['holds before anything is answered']
    }
    return []
  } catch (error) {
    return [`cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`]
  }
}

/** Sets of variables that together use each of their values; one empty set where there are no variables. */
function samplesOf(variables: ConditionOptions['variables']): Variables[] {
  const rounds = Math.max(1, ...Object.values(variables).map(({ length }) => length))
  return Array.from({ length: rounds }, (_, round) =>
    Object.fromEntries(Object.entries(variables).map(([name, values]) => [name, values[round % values.length] ?? null])),
  )
}
