import { canonical } from './canonical.js'
import { type Answers, type Item, isQuestion, type Questionnaire, type Value } from './questionnaire.js'

/** A FHIR R4 QuestionnaireResponse, as far as the engine writes one. */
export interface Response {
  resourceType: 'QuestionnaireResponse'
  questionnaire: string
  status: 'in-progress' | 'completed'
  item: ResponseItem[]
}
interface ResponseItem {
  linkId: string
  answer?: ResponseAnswer[]
  item?: ResponseItem[]
}
type ResponseAnswer =
  | { valueBoolean: boolean }
  | { valueInteger: number }
  | { valueDecimal: number }
  | { valueString: string }
  | { valueCoding: { code: string; display?: string } }

/** The answers as FHIR writes them. Items without an answer are left out, as FHIR requires. */
export function toResponse(q: Questionnaire, answers: Answers, status: Response['status'] = 'in-progress'): Response {
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: canonical(q),
    status,
    item: responseItems(q.items, answers),
  }
}

function responseItems(items: readonly Item[], answers: Answers): ResponseItem[] {
  return items.flatMap((item): ResponseItem[] => {
    if (item.type === 'group') {
      const inside = responseItems(item.items, answers)
      return inside.length > 0 ? [{ linkId: item.linkId, item: inside }] : []
    }
    const values = isQuestion(item) ? (answers.get(item.linkId) ?? []) : []
    return values.length > 0 ? [{ linkId: item.linkId, answer: values.map((value) => answer(item, value)) }] : []
  })
}

function answer(item: Item, value: Value): ResponseAnswer {
  switch (item.type) {
    case 'boolean':
      return { valueBoolean: value === true }
    case 'integer':
      return { valueInteger: Number(value) }
    case 'decimal':
      return { valueDecimal: Number(value) }
    case 'choice': {
      const option = item.options.find((each) => each.code === value)
      return { valueCoding: { code: String(value), ...(option && { display: option.display.sv }) } }
    }
    default:
      return { valueString: String(value) }
  }
}
