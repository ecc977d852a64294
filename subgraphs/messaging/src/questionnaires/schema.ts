import { Access, allow, isAuthenticated } from '@vardgraf/access'
import type { Language } from '@vardgraf/errors'
import { canonical, type Item, type ItemType, type Questionnaire as Model, unitLabel } from '@vardgraf/forms'
import { connectionOf, globalId, Node } from '@vardgraf/relay'
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'

/** Names of the item types in the graph; FHIR's own in code. */
const QuestionType = {
  GROUP: 'group',
  DISPLAY: 'display',
  BOOLEAN: 'boolean',
  INTEGER: 'integer',
  DECIMAL: 'decimal',
  STRING: 'string',
  TEXT: 'text',
  CHOICE: 'choice',
} as const satisfies Record<string, ItemType>

registerEnumType(QuestionType, {
  name: 'QuestionType',
  description: 'What kind of item it is, as in FHIR R4.',
  valuesConfig: {
    GROUP: { description: 'A heading with items below it.' },
    DISPLAY: { description: 'A text that is only shown.' },
    BOOLEAN: { description: 'Yes or no.' },
    INTEGER: { description: 'A whole number.' },
    DECIMAL: { description: 'A number.' },
    STRING: { description: 'A short text.' },
    TEXT: { description: 'A longer text.' },
    CHOICE: { description: 'One of the options, or several where it repeats.' },
  },
})

@Access(allow)
@ObjectType({ description: 'One option of a choice.' })
export class QuestionOption {
  @Field(() => String, { description: 'What is sent as the answer.' })
  code!: string

  @Field(() => String, { description: 'What is shown, in the language of the request.' })
  text!: string

  @Field(() => Boolean, { description: 'Chosen alone or not at all, as “none of these”.' })
  exclusive!: boolean
}

@Access(allow)
@ObjectType({ description: 'A question, a heading or a text of a questionnaire (FHIR Questionnaire.item).' })
export class QuestionnaireItem {
  @Field(() => String, { description: 'Its name within the questionnaire; answers refer to it.' })
  linkId!: string

  @Field(() => QuestionType, { description: 'What kind of item it is.' })
  type!: ItemType

  @Field(() => String, { description: 'What is shown, in the language of the request.' })
  text!: string

  @Field(() => Boolean, { description: 'Must be answered before triage can be completed, where it is asked.' })
  required!: boolean

  @Field(() => Boolean, { description: 'Several options may be chosen.' })
  repeats!: boolean

  @Field(() => [QuestionOption], { description: 'The options of a choice; else empty.' })
  options!: QuestionOption[]

  @Field(() => Float, { nullable: true, description: 'Least value of a number.' })
  minValue!: number | null

  @Field(() => Float, { nullable: true, description: 'Greatest value of a number.' })
  maxValue!: number | null

  @Field(() => Int, { nullable: true, description: 'Most characters of a text; null for what is no text.' })
  maxLength!: number | null

  @Field(() => String, {
    nullable: true,
    description: 'Unit of a number in the language of the request, as it stands beside the field.',
  })
  unit!: string | null

  @Field(() => Boolean, { description: 'Asked only after certain answers; triage tells when, in `nextItems`.' })
  conditional!: boolean

  @Field(() => [QuestionnaireItem], { description: 'The items of a group; else empty.' })
  items!: QuestionnaireItem[]
}

@Access(isAuthenticated)
@Directive('@key(fields: "id")')
@Directive('@key(fields: "nodeId")')
@ObjectType('Questionnaire', {
  implements: Node,
  description: 'One version of the questions about one complaint (FHIR R4 Questionnaire).',
})
export class Questionnaire extends Node {
  @Directive('@inaccessible')
  @Field(() => ID, { description: 'The id, for `node`.' })
  nodeId!: string

  @Field(() => String, { description: 'Canonical address: the same for all versions.' })
  url!: string

  @Field(() => String, { description: 'Version, such as `1.1.0`.' })
  version!: string

  @Field(() => String, { description: 'The complaint, in the language of the request.' })
  title!: string

  @Field(() => String, { description: 'What it is for, in the language of the request.' })
  description!: string

  @Field(() => Boolean, { description: 'Demonstration content: not for clinical use.' })
  experimental!: boolean

  @Field(() => Int, { nullable: true, description: 'Youngest age in whole years; null where open.' })
  fromAge!: number | null

  @Field(() => Int, { nullable: true, description: 'Oldest age in whole years, inclusive; null where open.' })
  toAge!: number | null

  @Field(() => [QuestionnaireItem], { description: 'All items in order, also those that are asked only after certain answers.' })
  items!: QuestionnaireItem[]
}

export const { ConnectionType: QuestionnaireConnection } = connectionOf(() => Questionnaire, 'Questionnaire')

/** The questionnaire as the graph shows it. */
export function toQuestionnaire(q: Model, language: Language): Questionnaire {
  const id = globalId('Questionnaire', canonical(q))
  const { url, version, experimental, age } = q
  const items = q.items.map((item) => toItem(item, language))
  const texts = { title: q.title[language], description: q.description[language] }
  return Object.assign(new Questionnaire(), {
    id,
    nodeId: id,
    url,
    version,
    experimental,
    ...texts,
    fromAge: age.from,
    toAge: age.to,
    items,
  })
}

/** The item as the graph shows it. */
export function toItem(item: Item, language: Language): QuestionnaireItem {
  const { linkId, type, required, repeats, unit } = item
  return {
    linkId,
    type,
    text: item.text[language],
    required,
    repeats,
    options: item.options.map(({ code, display, exclusive }) => ({ code, text: display[language], exclusive })),
    minValue: item.min,
    maxValue: item.max,
    maxLength: type === 'string' || type === 'text' ? item.maxLength : null,
    unit: unit && unitLabel(unit, language),
    conditional: item.enableWhen.length > 0,
    items: item.items.map((child) => toItem(child, language)),
  }
}
