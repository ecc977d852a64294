import { type Extension, extensionsOf, translation, urls } from './extensions.js'
import type { Problems } from './problems.js'
import type { Text } from './questionnaire.js'

/** Swedish from the element, English from its translation extension: both are needed. */
export function readText(sv: string, all: readonly Extension[] | undefined, path: string, problems: Problems): Text {
  const translations = extensionsOf(all, urls.translation).flatMap(
    (each) => problems.parse(path, translation.safeParse(each)) ?? [],
  )
  const en = translations.find(({ extension: [lang] }) => lang.valueCode === 'en')?.extension[1].valueString
  if (en === undefined) problems.add(path, 'has no English translation')
  return { sv, en: en ?? sv }
}
