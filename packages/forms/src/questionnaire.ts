import type { Unit } from './units.js'

/** Text for people, in both languages of the platform. */
export interface Text {
  sv: string
  en: string
}

export const itemTypes = ['group', 'display', 'boolean', 'integer', 'decimal', 'string', 'text', 'choice'] as const
export type ItemType = (typeof itemTypes)[number]

/** One value of an answer. The item's type says which: yes or no, a number, a text, or the code of an option. */
export type Value = boolean | number | string

/** The answers by linkId. An empty list is an answer that was taken back. */
export type Answers = ReadonlyMap<string, readonly Value[]>

export const operators = ['exists', '=', '!=', '>', '<', '>=', '<='] as const
export interface EnableWhen {
  question: string
  operator: (typeof operators)[number]
  answer: Value
}

interface Option {
  code: string
  display: Text
  /** Cannot be chosen together with another option: "none of these". */
  exclusive: boolean
}

export interface Item {
  linkId: string
  type: ItemType
  text: Text
  required: boolean
  /** More than one option may be chosen. */
  repeats: boolean
  options: readonly Option[]
  min: number | null
  max: number | null
  maxLength: number
  /** The unit that is shown after a number. */
  unit: Unit | null
  enableWhen: readonly EnableWhen[]
  enableBehavior: 'all' | 'any'
  items: readonly Item[]
}

/** A form that has been read and checked. */
export interface Questionnaire {
  /** The canonical identity: the same for all its versions. */
  url: string
  version: string
  status: 'draft' | 'active' | 'retired'
  experimental: boolean
  title: Text
  description: Text
  /** Whole years, inclusive at both ends; null where open. */
  age: { from: number | null; to: number | null }
  items: readonly Item[]
  /** Every item in document order, each with the linkId of its group. A group comes before its items. */
  flat: readonly { item: Item; parent: string | null }[]
  byLinkId: ReadonlyMap<string, Item>
}

export const isQuestion = (item: Item): boolean => item.type !== 'group' && item.type !== 'display'

/** Whether the questionnaire is meant for someone of this age. */
export function suitsAge(q: Pick<Questionnaire, 'age'>, years: number): boolean {
  return years >= (q.age.from ?? 0) && years <= (q.age.to ?? Number.POSITIVE_INFINITY)
}
