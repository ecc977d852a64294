import type { Unit } from './units.js'

/** Text for people, in both languages of the platform. */
export interface Text {
  sv: string
  en: string
}

export const itemTypes = ['group', 'display', 'boolean', 'integer', 'decimal', 'string', 'text', 'choice'] as const
export type ItemType = (typeof itemTypes)[number]

/** One answer value: a choice's code, a text, a number or a yes/no; the item's type says which. */
export type Value = boolean | number | string

/** What has been answered, by linkId. An empty list is an answer taken back. */
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
  /** Chosen alone or not at all, as "none of these". */
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
  /** Of a number: people read it after the number, in the form that it asks for. */
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
  /** Every item in document order, groups before what they hold, with the group that holds it. */
  flat: readonly { item: Item; parent: string | null }[]
  byLinkId: ReadonlyMap<string, Item>
}

export const isQuestion = (item: Item): boolean => item.type !== 'group' && item.type !== 'display'

/** Whether the questionnaire is meant for someone of this age. */
export function suitsAge(q: Pick<Questionnaire, 'age'>, years: number): boolean {
  return years >= (q.age.from ?? 0) && years <= (q.age.to ?? Number.POSITIVE_INFINITY)
}
