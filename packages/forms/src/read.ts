import { checkQuestionnaire } from './check.js'
import { type Compiled, compileExpression, ExpressionError } from './expression.js'
import { bound, exclusive, type RulePart, rulePart, translation, unit, urls } from './extensions.js'
import { Problems, QuestionnaireError } from './problems.js'
import { flatten, type Item, type Questionnaire, type Rule, type Text, type Value } from './questionnaire.js'
import { type Extension, type FhirItem, type FhirQuestionnaire, fhirQuestionnaire } from './shape.js'

/** A rule as read, with what its expression refers to, for the checks. */
export interface ReadRule {
  path: string
  rule: Rule
  compiled: Compiled | null
}

const defaultMaxLength = { string: 250, text: 2_000 }

/**
 * Reads a FHIR R4 Questionnaire into the form that the engine uses, and checks all that can be known before a patient meets it.
 * @throws QuestionnaireError naming `file` and the path of every fault.
 */
export function readQuestionnaire(file: string, json: unknown): Questionnaire {
  const problems = new Problems()
  const fhir = problems.parse('', fhirQuestionnaire.safeParse(json))
  if (!fhir) throw new QuestionnaireError(file, problems.found)
  const items = fhir.item.map((item, index) => readItem(item, `item[${index}]`, problems))
  const rules = readRules(fhir, problems)
  const flat = flatten(items)
  const questionnaire: Questionnaire = {
    url: fhir.url,
    version: fhir.version,
    status: fhir.status,
    experimental: fhir.experimental,
    title: text(fhir.title, fhir._title?.extension, 'title', problems),
    description: text(fhir.description, fhir._description?.extension, 'description', problems),
    age: { from: fhir.useContext?.[0]?.valueRange.low?.value ?? null, to: fhir.useContext?.[0]?.valueRange.high?.value ?? null },
    items,
    flat,
    byLinkId: new Map(flat.map(({ item }) => [item.linkId, item])),
    rules: rules.map(({ rule }) => rule),
  }
  checkQuestionnaire(questionnaire, rules, problems)
  if (problems.found.length > 0) throw new QuestionnaireError(file, problems.found)
  return questionnaire
}

function readItem(item: FhirItem, path: string, problems: Problems): Item {
  if ((item.enableWhen?.length ?? 0) > 1 && !item.enableBehavior) problems.add(path, 'several enableWhen need an enableBehavior')
  const [min, max] = [bounds(item, urls.minValue, path, problems), bounds(item, urls.maxValue, path, problems)]
  const [unitOf] = extensionsOf(item.extension, urls.unit)
  return {
    linkId: item.linkId,
    type: item.type,
    text: text(item.text, item._text?.extension, `${path}.text`, problems),
    required: item.required ?? false,
    repeats: item.repeats ?? false,
    options: (item.answerOption ?? []).map((option, index) => {
      const at = `${path}.answerOption[${index}]`
      const [only] = extensionsOf(option.extension, urls.exclusive)
      return {
        code: option.valueCoding.code,
        display: text(option.valueCoding.display, option.valueCoding._display?.extension, `${at}.valueCoding.display`, problems),
        exclusive: only ? (problems.parse(`${at}.extension`, exclusive.safeParse(only))?.valueBoolean ?? false) : false,
      }
    }),
    min,
    max,
    maxLength: item.maxLength ?? defaultMaxLength[item.type === 'text' ? 'text' : 'string'],
    unit: unitOf ? (problems.parse(`${path}.extension`, unit.safeParse(unitOf))?.valueCoding.code ?? null) : null,
    enableWhen: (item.enableWhen ?? []).map((condition, index) => ({
      question: condition.question,
      operator: condition.operator,
      answer: answerOf(condition, `${path}.enableWhen[${index}]`, problems),
    })),
    enableBehavior: item.enableBehavior ?? 'all',
    items: (item.item ?? []).map((child, index) => readItem(child, `${path}.item[${index}]`, problems)),
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

function bounds(item: FhirItem, url: string, path: string, problems: Problems): number | null {
  const [extension] = extensionsOf(item.extension, url)
  const value = extension ? problems.parse(`${path}.extension`, bound.safeParse(extension)) : null
  return value?.valueInteger ?? value?.valueDecimal ?? null
}

function readRules(fhir: FhirQuestionnaire, problems: Problems): ReadRule[] {
  return fhir.extension.flatMap((extension, index) =>
    extension.url === urls.rule ? (readRule(extension, `extension[${index}]`, problems) ?? []) : [],
  )
}

function readRule(extension: Extension, path: string, problems: Problems): ReadRule | null {
  const parts = problems.parse(`${path}.extension`, rulePart.array().safeParse(extension.extension))
  if (!parts) return null
  const part = <U extends RulePart['url']>(url: U): Extract<RulePart, { url: U }> | undefined => {
    const [first, ...more] = parts.filter((each): each is Extract<RulePart, { url: U }> => each.url === url)
    if (more.length > 0) problems.add(path, `has more than one ${url}`)
    return first
  }
  const words = (url: 'reason' | 'advice'): Text | null => {
    const found = part(url)
    return found ? text(found.valueString, found._valueString?.extension, `${path}.${url}`, problems) : null
  }
  const [id, kind, outcome, reason] = [part('id')?.valueId, part('kind')?.valueCode, part('outcome')?.valueCode, words('reason')]
  if (!id || !kind || !outcome || !reason) {
    problems.add(path, 'a triage rule needs id, kind, outcome and reason')
    return null
  }
  const expression = part('condition')?.valueExpression.expression ?? null
  if ((expression === null) !== (kind === 'default'))
    problems.add(path, 'every rule but the default needs a condition, and the default has none')
  const compiled = expression === null ? null : compiledAt(expression, `${path}.condition`, kind === 'red-flag', problems)
  const rule: Rule = {
    id,
    kind: kind === 'red-flag' ? 'RED_FLAG' : kind === 'outcome' ? 'OUTCOME' : 'DEFAULT',
    condition: compiled?.condition ?? (() => kind === 'default'),
    outcome,
    priority: part('priority')?.valueCode ?? null,
    reason,
    advice: words('advice'),
  }
  return { path, rule, compiled }
}

function compiledAt(expression: string, path: string, positive: boolean, problems: Problems): Compiled | null {
  try {
    return compileExpression(expression, { positive })
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    problems.add(path, error.message)
    return null
  }
}

const extensionsOf = (all: readonly Extension[] | undefined, url: string): Extension[] =>
  (all ?? []).filter((each) => each.url === url)

/** Swedish from the element, English from its translation extension: both are needed. */
function text(sv: string, all: readonly Extension[] | undefined, path: string, problems: Problems): Text {
  const translations = extensionsOf(all, urls.translation).flatMap(
    (each) => problems.parse(path, translation.safeParse(each)) ?? [],
  )
  const en = translations.find(({ extension: [lang] }) => lang.valueCode === 'en')?.extension[1].valueString
  if (en === undefined) problems.add(path, 'has no English translation')
  return { sv, en: en ?? sv }
}
