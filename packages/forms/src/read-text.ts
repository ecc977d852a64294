import { type Extension, readExtensions, translation, urls } from './extensions.js'
import type { Problems } from './problems.js'
import type { Text } from './questionnaire.js'

/** Swedish from the element, English from its translation extension: both are needed, and no third language is taken. */
export function readText(sv: string, all: readonly Extension[] | undefined, path: string, problems: Problems): Text {
  const found = readExtensions(all, [urls.translation], path, problems).get(urls.translation)
  if (!found) problems.add(path, 'has no English translation')
  const english = found && problems.parse(path, translation.safeParse(found))
  return { sv, en: english?.extension[1].valueString ?? sv }
}
