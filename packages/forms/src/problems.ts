/** One fault in a questionnaire, at a path such as `item[2].answerOption[0].valueCoding.code`. */
export interface Problem {
  path: string
  message: string
}

/** Collects the faults of a questionnaire, so that its author sees all of them at once. */
export class Problems {
  readonly found: Problem[] = []

  add(path: string, message: string): void {
    this.found.push({ path, message })
  }

  /** The value that a schema has accepted. Otherwise null, and what the schema found is added at `path`. */
  parse<T>(path: string, result: { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } }): T | null {
    if (result.success) return result.data
    for (const issue of result.error.issues) this.add(join(path, issue.path), issue.message)
    return null
  }
}

interface Issue {
  path: readonly PropertyKey[]
  message: string
}

function join(path: string, keys: readonly PropertyKey[]): string {
  return keys.reduce<string>(
    (at, key) => (typeof key === 'number' ? `${at}[${key}]` : at === '' ? String(key) : `${at}.${String(key)}`),
    path,
  )
}

/** Thrown when a questionnaire cannot be used. The message has one line for each fault, with file and path. */
export class QuestionnaireError extends Error {
  override name = 'QuestionnaireError'
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map(({ path, message }) => `${file}: ${path === '' ? '(root)' : path}: ${message}`).join('\n'))
  }
}
