import { bound, exclusive, readExtensions, unit, urls } from './extensions.js'
import type { Problems } from './problems.js'
import type { Item, Value } from './questionnaire.js'
import { readText } from './read-text.js'
import type { FhirItem } from './shape.js'

const ofNumbers = [urls.minValue, urls.maxValue, urls.unit]
const defaultMaxLength = { string: 250, text: 2_000 }

/** An item and what it holds, `path` being where it stands in the file. */
export function readItem(item: FhirItem, path: string, problems: Problems): Item {
  if ((item.enableWhen?.length ?? 0) > 1 && !item.enableBehavior) problems.add(path, 'several enableWhen need an enableBehavior')
  const isNumber = item.type === 'integer' || item.type === 'decimal'
  const found = readExtensions(item.extension, isNumber ? ofNumbers : [], path, problems)
  const at = `${path}.extension`
  const boundOf = (url: string): number | null => {
    const value = found.has(url) ? problems.parse(at, bound.safeParse(found.get(url))) : null
    return value?.valueInteger ?? value?.valueDecimal ?? null
  }
  const unitOf = found.has(urls.unit) ? problems.parse(at, unit.safeParse(found.get(urls.unit))) : null
  if (item.maxLength !== undefined && item.type !== 'string' && item.type !== 'text')
    problems.add(path, 'only a string or a text can have a maxLength')
  return {
    linkId: item.linkId,
    type: item.type,
    text: readText(item.text, item._text?.extension, `${path}.text`, problems),
    required: item.required ?? false,
    repeats: item.repeats ?? false,
    options: (item.answerOption ?? []).map((option, index) => readOption(option, `${path}.answerOption[${index}]`, problems)),
    min: boundOf(urls.minValue),
    max: boundOf(urls.maxValue),
    maxLength: item.maxLength ?? defaultMaxLength[item.type === 'text' ? 'text' : 'string'],
    unit: unitOf?.valueCoding.code ?? null,
    enableWhen: (item.enableWhen ?? []).map((condition, index) => ({
      question: condition.question,
      operator: condition.operator,
      answer: answerOf(condition, `${path}.enableWhen[${index}]`, problems),
    })),
    enableBehavior: item.enableBehavior ?? 'all',
    items: (item.item ?? []).map((child, index) => readItem(child, `${path}.item[${index}]`, problems)),
  }
}

function readOption(
  { valueCoding, extension }: NonNullable<FhirItem['answerOption']>[number],
  path: string,
  problems: Problems,
): Item['options'][number] {
  const only = readExtensions(extension, [urls.exclusive], path, problems).get(urls.exclusive)
  return {
    code: valueCoding.code,
    display: readText(valueCoding.display, valueCoding._display?.extension, `${path}.valueCoding.display`, problems),
    exclusive: only ? (problems.parse(`${path}.extension`, exclusive.safeParse(only))?.valueBoolean ?? false) : false,
  }
}

function answerOf(condition: NonNullable<FhirItem['enableWhen']>[number], path: string, problems: Problems): Value {
  const { answerBoolean, answerInteger, answerDecimal, answerString, answerCoding } = condition
  const given = [answerBoolean, answerInteger, answerDecimal, answerString, answerCoding?.code].filter(
    (value) => value !== undefined,
  )
  const [value, ...more] = given
  if (value === undefined || more.length > 0) problems.add(path, 'needs exactly one answer[x]')
  return value ?? false
}
