import type { Language } from '@vardgraf/errors'
import {
  answerErrorText,
  effectiveAnswers,
  type AnswerError as Fault,
  type Item,
  next,
  quantity,
  type Value,
} from '@vardgraf/forms'
import { isTheirs } from '../cases/rules.js'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import type { Rule } from '../questionnaires/outcome-rules/rule.js'
import { toItem, toQuestionnaire } from '../questionnaires/schema.js'
import type { AnswerError } from './payloads.js'
import { mayAnswer } from './rules.js'
import type { Triage, TriageAnswer, TriageAssessment } from './schema.js'
import { ruleOf, type TriageState } from './store.js'
import { type Answering, instructionsFor, instructionsOnceBegun, phoneNumbers, phoneNumbersOnceBegun } from './texts.js'

/** The triage of a case as the graph shows it. */
export function toTriage(row: CareCaseRow, state: TriageState, now: Date, language: Language): Triage {
  const { questionnaire, answers, startedAt } = state
  const { items, progress } = next(questionnaire, answers)
  const counting = effectiveAnswers(questionnaire, answers)
  const rule = ruleOf(state)
  return {
    questionnaire: toQuestionnaire(questionnaire, language),
    answers: questionnaire.flat.flatMap(({ item }) => toAnswer(item, state, counting.has(item.linkId), language) ?? []),
    nextItems: mayAnswer(row.status) ? items.map((item) => toItem(item, language)) : [],
    progress,
    assessment: rule && row.outcome ? toAssessment(rule, state.result?.endedAt ?? null, row, now, language) : null,
    startedAt,
  }
}

/**
 * The outcome of a rule, for the patient: without priority, place in the queue or time. The text of an outcome from before staff began
 * stays as it was. The text of 112, and of an outcome since then, speaks of the staff who have the case. [R31]
 */
export function toAssessment(
  { outcome, reason, advice }: Rule,
  decidedAt: Date | null,
  row: CareCaseRow,
  now: Date,
  language: Language,
): TriageAssessment {
  const since = row.assignedAt !== null && decidedAt !== null && decidedAt > row.assignedAt
  const begun = isTheirs(row) && (outcome === 'CALL_112' || since)
  return {
    outcome,
    reason: reason[language],
    instructions: begun ? instructionsOnceBegun[outcome][language] : instructionsFor(outcome, answeringOf(row, now), language),
    advice: advice?.[language] ?? null,
    phoneNumber: (begun ? phoneNumbersOnceBegun : phoneNumbers)[outcome] ?? null,
  }
}

/** Who answers the case now. A case that is not with the chosen unit is with the nurses of 1177. [R27] */
function answeringOf({ status, unitId, unitKind, responderUnitId, opensAt }: CareCaseRow, now: Date): Answering {
  const withUnit = unitKind !== 'NURSE_LINE_1177' && (responderUnitId ?? unitId) === unitId
  const later = status === 'WAITING' && opensAt !== null && opensAt > now
  return { by: withUnit ? 'UNIT' : 'NURSE_LINE_1177', opensAt: later ? opensAt : null }
}

export function toAnswerError({ linkId, code, limit }: Fault, language: Language): AnswerError {
  return { linkId, code, message: answerErrorText(code, limit, language), limit: limit ?? null }
}

function toAnswer(item: Item, { answers, latest }: TriageState, counts: boolean, language: Language): TriageAnswer | null {
  const values = answers.get(item.linkId) ?? []
  const [value] = values
  const answeredAt = latest.get(item.linkId)?.answeredAt
  if (value === undefined || !answeredAt) return null
  return {
    linkId: item.linkId,
    question: item.text[language],
    display: values.map((each) => display(item, each, language)).join(', '),
    boolean: typeof value === 'boolean' ? value : null,
    number: typeof value === 'number' ? value : null,
    text: typeof value === 'string' && item.type !== 'choice' ? value : null,
    codes: item.type === 'choice' ? values.map(String) : null,
    counts,
    answeredAt,
  }
}

const yesNo = { sv: ['Nej', 'Ja'], en: ['No', 'Yes'] } as const

function display(item: Item, value: Value, language: Language): string {
  if (typeof value === 'boolean') return yesNo[language][value ? 1 : 0]
  if (typeof value === 'number') return quantity(value, item.unit, language)
  return item.options.find(({ code }) => code === value)?.display[language] ?? value
}
