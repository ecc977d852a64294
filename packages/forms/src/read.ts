import { checkItems } from './check-items.js'
import type { Extension } from './extensions.js'
import { Problems, QuestionnaireError } from './problems.js'
import type { Item, Questionnaire } from './questionnaire.js'
import { readItem } from './read-item.js'
import { readText } from './read-text.js'
import { type FhirQuestionnaire, fhirQuestionnaire } from './shape.js'

/** An extension where it stands in the file, such as `extension[2]`. */
export interface Placed {
  path: string
  extension: Extension
}

/** One extension of the Questionnaire that this package does not understand, and its user does. */
export interface OwnExtensions<T> {
  url: string
  /** Reads and checks every extension with this `url`, and adds what is wrong to `problems`. The form may have faults too. */
  read: (q: Questionnaire, extensions: readonly Placed[], problems: Problems) => T
}

/**
 * Reads a FHIR R4 Questionnaire and checks it. What `own` reads from its extensions is added to the form.
 * @throws QuestionnaireError naming `file` and the path of every fault.
 */
export function readQuestionnaire<T extends object = object>(
  file: string,
  json: unknown,
  own?: OwnExtensions<T>,
): Questionnaire & T {
  const problems = new Problems()
  const fhir = problems.parse('', fhirQuestionnaire.safeParse(json))
  if (!fhir) throw new QuestionnaireError(file, problems.found)
  const questionnaire = readForm(fhir, problems)
  checkItems(questionnaire, problems)
  const extensions = (fhir.extension ?? []).map((extension, index) => ({ path: `extension[${index}]`, extension }))
  for (const { path, extension } of extensions)
    if (extension.url !== own?.url) problems.add(path, `the extension ${extension.url} is not understood here`)
  const added = own?.read(
    questionnaire,
    extensions.filter(({ extension }) => extension.url === own.url),
    problems,
  )
  if (problems.found.length > 0) throw new QuestionnaireError(file, problems.found)
  return { ...questionnaire, ...(added as T) }
}

function readForm(fhir: FhirQuestionnaire, problems: Problems): Questionnaire {
  const items = fhir.item.map((item, index) => readItem(item, `item[${index}]`, problems))
  const flat = flatten(items)
  const age = fhir.useContext?.[0]?.valueRange
  if (age?.low && age.high && age.low.value > age.high.value)
    problems.add('useContext', 'low is above high: the form is for nobody')
  return {
    url: fhir.url,
    version: fhir.version,
    status: fhir.status,
    experimental: fhir.experimental,
    title: readText(fhir.title, fhir._title?.extension, 'title', problems),
    description: readText(fhir.description, fhir._description?.extension, 'description', problems),
    age: { from: age?.low?.value ?? null, to: age?.high?.value ?? null },
    items,
    flat,
    byLinkId: new Map(flat.map(({ item }) => [item.linkId, item])),
  }
}

/** Items in document order, each with the group that holds it. */
function flatten(items: readonly Item[], parent: string | null = null): { item: Item; parent: string | null }[] {
  return items.flatMap((item) => [{ item, parent }, ...flatten(item.items, item.linkId)])
}
