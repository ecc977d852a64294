import type { Condition as Expression } from './expression.js'
import type { Unit } from './units.js'

/** Text for people, in both languages of the platform. */
export interface Text {
  sv: string
  en: string
}

export const itemTypes = ['group', 'display', 'boolean', 'integer', 'decimal', 'string', 'text', 'choice'] as const
export type ItemType = (typeof itemTypes)[number]

export const outcomes = ['SELF_CARE', 'HEALTH_CENTRE', 'NURSE_LINE_1177', 'CALL_112'] as const
/** Where triage sends the patient. [R31] */
export type Outcome = (typeof outcomes)[number]

export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const
export type Priority = (typeof priorities)[number]

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

/** One outcome rule. A red flag ends triage at once; the default holds when no other rule does. */
export interface Rule {
  id: string
  kind: 'RED_FLAG' | 'OUTCOME' | 'DEFAULT'
  /** Always true for the default. */
  condition: Expression
  outcome: Outcome
  /** Only where the patient goes on to the waiting room: a 112 or self-care outcome has no place in any queue. [R31] */
  priority: Priority | null
  reason: Text
  /** What she can do herself meanwhile; always there for self-care. */
  advice: Text | null
}

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
  rules: readonly Rule[]
}

/** What is known of the patient when a rule is evaluated: age at that instant, by Stockholm's calendar. [A6] */
export interface Situation {
  /** Null while it cannot be asked for: then no comparison with it holds. */
  ageYears: number | null
}

export const isQuestion = (item: Item): boolean => item.type !== 'group' && item.type !== 'display'

/** `url|version`, as FHIR writes a reference to one version. */
export const canonical = (q: { url: string; version: string }): string => `${q.url}|${q.version}`

/** What `canonical` wrote; null for anything else. */
export function parseCanonical(key: string | null): { url: string; version: string } | null {
  const [, url, version] = /^([^|]+)\|([^|]+)$/.exec(key ?? '') ?? []
  return url && version ? { url, version } : null
}

/** Whether the questionnaire is meant for someone of this age. */
export function suitsAge(q: Pick<Questionnaire, 'age'>, years: number): boolean {
  return years >= (q.age.from ?? 0) && years <= (q.age.to ?? Number.POSITIVE_INFINITY)
}

/** Orders dotted versions by number: 1.10.0 comes after 1.9.2. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** Items in document order, each with the group that holds it. */
export function flatten(items: readonly Item[], parent: string | null = null): { item: Item; parent: string | null }[] {
  return items.flatMap((item) => [{ item, parent }, ...flatten(item.items, item.linkId)])
}
