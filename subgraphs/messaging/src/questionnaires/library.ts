import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonical, compareVersions, QuestionnaireError } from '@vardgraf/forms'
import type { Db } from '../database.js'
import { readTriage } from './outcome-rules/read.js'
import type { TriageQuestionnaire } from './outcome-rules/rule.js'

/** A questionnaire with the FHIR resource it was read from. */
export interface Loaded {
  questionnaire: TriageQuestionnaire
  content: object
  /** Hash of the content with its keys sorted and without `status`, so that formatting is not a change. */
  sha256: string
}

/** The questionnaires that this process knows, in all their versions. */
export class QuestionnaireLibrary {
  private readonly known = new Map<string, Loaded>()

  constructor(loaded: readonly Loaded[]) {
    for (const each of loaded) this.known.set(canonical(each.questionnaire), each)
  }

  get all(): Loaded[] {
    return [...this.known.values()]
  }

  get(url: string, version: string): Loaded | null {
    return this.known.get(canonical({ url, version })) ?? null
  }

  /** What a new case can use: the latest active version of each questionnaire, sorted by Swedish title. */
  current(): TriageQuestionnaire[] {
    const active = this.all.map(({ questionnaire }) => questionnaire).filter(({ status }) => status === 'active')
    return [...Map.groupBy(active, ({ url }) => url).values()]
      .flatMap((versions) => versions.toSorted((a, b) => compareVersions(b.version, a.version)).slice(0, 1))
      .toSorted((a, b) => a.title.sv.localeCompare(b.title.sv, 'sv'))
  }

  /** The current versions that are demonstration content, as `url|version`: production warns of them when it starts. */
  get demonstrations(): string[] {
    return this.current()
      .filter(({ experimental }) => experimental)
      .map(canonical)
  }

  /** One version, from the folder or as stored when the first case used it; null if it has never existed. */
  async find(db: Pick<Db, 'questionnaireVersion'>, url: string, version: string): Promise<TriageQuestionnaire | null> {
    const known = this.get(url, version)
    if (known) return known.questionnaire
    const row = await db.questionnaireVersion.findUnique({ where: { url_version: { url, version } } })
    if (!row) return null
    const stored = load(`stored ${canonical(row)}`, row.content as object)
    // Its file is gone. Cases that began with it still use it; new cases cannot.
    const retired = { ...stored.questionnaire, status: 'retired' as const }
    this.known.set(canonical(row), { ...stored, questionnaire: retired })
    return retired
  }
}

/**
 * Reads every `.json` file of a folder.
 * @throws QuestionnaireError naming every faulty file and path, also where two files hold the same version.
 */
export async function loadQuestionnaires(folder: string): Promise<QuestionnaireLibrary> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  if (files.length === 0) throw new Error(`${folder}: there are no questionnaires (*.json)`)
  const loaded = new Map<string, Loaded>()
  const faults: QuestionnaireError[] = []
  for (const name of files) {
    const file = join(folder, name)
    try {
      const each = load(file, parse(file, await readFile(file, 'utf8')))
      const id = canonical(each.questionnaire)
      if (loaded.has(id)) throw new QuestionnaireError(file, [{ path: 'version', message: `${id} is already in another file` }])
      loaded.set(id, each)
    } catch (error) {
      if (!(error instanceof QuestionnaireError)) throw error
      faults.push(error)
    }
  }
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'))
  return new QuestionnaireLibrary([...loaded.values()])
}

/** @throws Error when a version that cases have used has changed since. A change needs a new version. */
export async function assertUnchanged(db: Db, library: QuestionnaireLibrary): Promise<void> {
  for (const { url, version, sha256 } of await db.questionnaireVersion.findMany({
    select: { url: true, version: true, sha256: true },
  })) {
    const loaded = library.get(url, version)
    if (loaded && loaded.sha256 !== sha256)
      throw new Error(`${canonical({ url, version })} has been edited since cases used it: give the new text a new version`)
  }
}

function parse(file: string, text: string): object {
  try {
    return JSON.parse(text) as object
  } catch (error) {
    throw new QuestionnaireError(file, [
      { path: '', message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` },
    ])
  }
}

function load(file: string, content: object): Loaded {
  return {
    questionnaire: readTriage(file, content),
    content,
    sha256: createHash('sha256').update(stable(content)).digest('hex'),
  }
}

// Status is left out: a version that is retired has the same content as before.
function stable(content: object): string {
  const { status: _, ...rest } = content as { status?: unknown }
  return JSON.stringify(rest, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
