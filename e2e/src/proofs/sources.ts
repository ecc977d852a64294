import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

const folders = ['packages', 'subgraphs', 'gateway', 'sandbox', 'e2e']
const left = new Set(['node_modules', 'dist', 'generated', 'gql'])

/** Source files by their path, from the root and in order, that are named so and, where it is asked, whose text is so. */
export function filesBelow(name: RegExp, text: (content: string) => boolean = () => true): string[] {
  return folders
    .flatMap((folder) => walk(join(root, folder)))
    .map((file) => relative(root, file).split(sep).join('/'))
    .filter((file) => name.test(file) && text(readFileSync(join(root, file), 'utf8')))
    .sort()
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return left.has(entry.name) ? [] : walk(join(folder, entry.name))
    return entry.isFile() && entry.name.endsWith('.ts') ? [join(folder, entry.name)] : []
  })
}
