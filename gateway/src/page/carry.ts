// Values that one example takes from the answer of another. The browser loads this file too, so it imports nothing.

/** A name for something in an answer, such as `caseId = startTriage.careCase.id`. */
export interface Gift {
  name: string
  /** Fields from `data`; in a list `first` and `last` take the first and last item in which the rest of the path has a value. */
  path: string[]
}

export type Carried = Readonly<Record<string, string>>

/** The known values after an answer: those from before, and those that the answer gives. */
export function carriedOn(known: Carried, gifts: readonly Gift[], data: unknown): Carried {
  const given = gifts.flatMap(({ name, path }) => {
    const value = valueAt(data, path)
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  return { ...known, ...Object.fromEntries(given) }
}

function valueAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined || value === null || value === undefined) return value
  if (!Array.isArray(value)) return valueAt((value as Record<string, unknown>)[step], rest)
  const found = value.map((item) => valueAt(item, rest)).filter((each) => each !== null && each !== undefined)
  return step === 'last' ? found.at(-1) : found[0]
}

export interface Filled {
  variables: Record<string, string>
  /** Variables that no earlier answer has given; they are empty in `variables`. */
  missing: string[]
}

/** Values for the variables that have no default; each time with a new idempotency key. */
export function filledIn(names: readonly string[], known: Carried, newKey: () => string): Filled {
  const variables = Object.fromEntries(names.map((name) => [name, name === 'idempotencyKey' ? newKey() : (known[name] ?? '')]))
  return { variables, missing: names.filter((name) => variables[name] === '') }
}
