import { readdir, readFile } from 'node:fs/promises'

/** A saved operation that works in the sandbox: a file of its own in `gateway/examples`, in the order of the file names. */
export interface Example {
  file: string
  query: string
  /** JSON text, from the line `# variables: {…}`. */
  variables: string | null
  /** The test person it is written for, from the line `# as: key`; null for anyone. */
  person: string | null
}

export const examplesFolder = new URL('../../examples/', import.meta.url)

/** @throws SyntaxError when the variables of an example are not JSON. */
export async function loadExamples(folder: URL = examplesFolder): Promise<Example[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql')).sort()
  return Promise.all(
    files.map(async (file) => {
      const query = await readFile(new URL(file, folder), 'utf8')
      const variables = /^# variables: (.+)$/m.exec(query)?.[1]
      return {
        file,
        query,
        variables: variables === undefined ? null : JSON.stringify(JSON.parse(variables), null, 2),
        person: /^# as: ([\w-]+)/m.exec(query)?.[1] ?? null,
      }
    }),
  )
}
