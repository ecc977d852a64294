import { readdir, readFile } from 'node:fs/promises'
import { Kind, type OperationDefinitionNode, type OperationTypeNode, parse } from 'graphql'
import type { Gift } from './carry.js'

export { type Carried, carriedOn, filledIn } from './carry.js'

/** A saved operation that works in the sandbox: a file of its own in `gateway/examples`, in the order of the file names. */
export interface Example {
  /** Such as `06`, of the file's name: its order among the examples. */
  number: string
  title: string
  kind: `${OperationTypeNode}`
  query: string
  /** Key of the test person who runs it; null when it needs no login. */
  person: string | null
  /** Ids of the rules it shows. */
  rules: string[]
  /** Names of the variables that must be given: they have no default. */
  takes: string[]
  gives: Gift[]
}

export const examplesFolder = new URL('../../examples/', import.meta.url)

/** @throws Error naming the file and what is wrong with it. */
export async function loadExamples(folder: URL = examplesFolder): Promise<Example[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql')).sort()
  return Promise.all(files.map(async (file) => readExample(file, await readFile(new URL(file, folder), 'utf8'))))
}

/**
 * Reads one file: `# title` on the first line, and among the comments above the operation
 * - `# Log in as: key`, or `nobody`
 * - `# Rules: R13, A1`
 * - `# Gives: name = path`, any number of them; see `Gift`
 * @throws Error naming the file and what is wrong with it
 */
export function readExample(file: string, query: string): Example {
  const wrong = (what: string): never => {
    throw new Error(`${file}: ${what}`)
  }
  const one = (pattern: RegExp, what: string): string => pattern.exec(query)?.[1] ?? wrong(what)
  const person = one(/^# Log in as: ([\w-]+)$/m, 'no line "# Log in as: <test person, or nobody>"')
  const operation = operationOf(query) ?? wrong('not one operation')
  return {
    number: /^(\d\d)-/.exec(file)?.[1] ?? wrong('no number of two digits at the start of its name'),
    title: one(/^# (.+)/, 'no title on its first line'),
    kind: operation.operation,
    query,
    person: person === 'nobody' ? null : person,
    rules: one(/^# Rules: ([RA]\d+(?:, [RA]\d+)*)$/m, 'no line "# Rules: R1, …"').split(', '),
    takes: (operation.variableDefinitions ?? [])
      .filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue)
      .map(({ variable }) => variable.name.value),
    gives: [...query.matchAll(/^# Gives: (\w+) = ([\w.]+)$/gm)].map(([, name = '', path = '']) => ({
      name,
      path: path.split('.'),
    })),
  }
}

function operationOf(query: string): OperationDefinitionNode | undefined {
  const operations = parse(query).definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  return operations.length === 1 ? operations[0] : undefined
}
