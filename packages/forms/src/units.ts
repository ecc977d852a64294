import type { Language } from '@vardgraf/errors'

/** A unit's word after 1, and after any other number. A symbol is the same after both. */
type Words = Readonly<Record<Language, readonly [one: string, other: string]>>

const symbol = (text: string): Words => ({ sv: [text, text], en: [text, text] })

/** The units that can stand after a number, by UCUM code. `{character}` is for the length of a text. */
const units = {
  min: { sv: ['minut', 'minuter'], en: ['minute', 'minutes'] },
  h: { sv: ['timme', 'timmar'], en: ['hour', 'hours'] },
  d: { sv: ['dag', 'dagar'], en: ['day', 'days'] },
  wk: { sv: ['vecka', 'veckor'], en: ['week', 'weeks'] },
  mo: { sv: ['månad', 'månader'], en: ['month', 'months'] },
  a: { sv: ['år', 'år'], en: ['year', 'years'] },
  '{character}': { sv: ['tecken', 'tecken'], en: ['character', 'characters'] },
  Cel: symbol('°C'),
  '%': symbol('%'),
  cm: symbol('cm'),
  kg: symbol('kg'),
  mL: symbol('ml'),
  '/min': { sv: ['gång per minut', 'gånger per minut'], en: ['time a minute', 'times a minute'] },
} as const satisfies Record<string, Words>

export type Unit = keyof typeof units
export const unitCodes = Object.keys(units) as [Unit, ...Unit[]]

/** How each language writes numbers and dates in Sweden. */
export const locales = { sv: 'sv-SE', en: 'en-GB' } as const satisfies Record<Language, string>

/** A number as people write it, with its unit in the singular or the plural: `1 vecka`, `2 weeks`, `38,5 °C`. */
export function quantity(value: number, unit: Unit | null, language: Language): string {
  const number = value.toLocaleString(locales[language])
  return unit === null ? number : `${number} ${wordOf(value, unit, language)}`
}

/** The unit beside an empty field, in the plural. */
export const unitLabel = (unit: Unit, language: Language): string => units[unit][language][1]

function wordOf(value: number, unit: Unit, language: Language): string {
  const [one, other] = units[unit][language]
  return new Intl.PluralRules(locales[language]).select(value) === 'one' ? one : other
}
