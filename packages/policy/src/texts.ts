import type { TextKey } from './codes.js'
import type { Policy } from './pack.js'

/**
 * A text for people, with its `{placeholders}` filled in.
 * @throws RangeError naming a placeholder that has no value, so that nobody gets an incomplete text.
 */
export function policyText(
  pack: Policy,
  key: TextKey,
  language: 'sv' | 'en',
  values: Readonly<Record<string, string>> = {},
): string {
  return pack.texts[key][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new RangeError(`${key} needs a value for {${name}}`)
    return value
  })
}
