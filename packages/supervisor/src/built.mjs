// Whether a build is up to date with its source. Needs no package and no build: scripts ask it from any Node 20.19.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const named = 3

/** @type {Map<string, string | null>} workspace → why it must not run */
const asked = new Map()
/** @type {Map<string, string[]>} workspace → its changed files */
const seen = new Map()

/**
 * A program below a workspace's `dist`, such as `/…/gateway/dist/index.js`, refused when that workspace, or one that it depends on, was changed after it was built.
 * Looked up once for each process and workspace: source may be edited while it runs.
 * @param {string} program
 * @returns {string} the program
 * @throws Error saying which build is older than which source
 */
export function built(program) {
  const [workspace = ''] = display(program).split('/dist/')
  const folder = join(root, workspace)
  if (!asked.has(folder)) asked.set(folder, staleness(folder, seen))
  const stale = asked.get(folder)
  if (stale) throw new Error(stale)
  return program
}

/**
 * Why the workspace must not run as it is built, or null. By content, not by time: a branch that was checked out again is not stale.
 * Tests and what only they use do not count.
 * @param {string} folder
 * @param {Map<string, string[]>} known what was looked up already
 * @returns {string | null}
 */
export function staleness(folder, known = new Map()) {
  const found = standsOn(folder).flatMap((each) => {
    if (!known.has(each)) known.set(each, changed(each))
    return (known.get(each) ?? []).map((file) => display(join(each, file)))
  })
  if (found.length === 0) return null
  const more = found.length > named ? ` and ${found.length - named} more` : ''
  return `what is built is older than its source (${found.slice(0, named).join(', ')}${more}): run npm run build`
}

/**
 * The workspace and all that its tsconfig.json refers to, directly or not.
 * @param {string} folder
 * @param {Set<string>} found
 * @returns {string[]}
 */
export function standsOn(folder, found = new Set()) {
  if (found.has(folder) || isForTests(display(folder))) return [...found]
  found.add(folder)
  /** @type {{ references?: { path: string }[] }} */
  const { references = [] } = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8'))
  for (const { path } of references) standsOn(resolve(folder, path), found)
  return [...found]
}

/**
 * Source files that differ from what tsc noted at the last build, were added since, or are gone.
 * @param {string} folder
 * @returns {string[]}
 */
function changed(folder) {
  const noted = builtFrom(folder)
  const written = sources(folder)
  const gone = [...noted.keys()].filter((file) => !written.includes(file))
  return [...written.filter((file) => noted.get(file) !== hashOf(join(folder, file))), ...gone, ...staleClient(folder)]
}

/**
 * Source file → hash of its text, from tsc's own notes; empty when it was never built.
 * @param {string} folder
 * @returns {Map<string, string>}
 */
function builtFrom(folder) {
  const notes = join(folder, 'dist', '.tsbuildinfo')
  if (!existsSync(notes)) return new Map()
  /** @type {{ fileNames: string[], fileInfos: (string | { version: string })[] }} */
  const { fileNames, fileInfos } = JSON.parse(readFileSync(notes, 'utf8'))
  return new Map(
    fileNames.flatMap((name, index) => {
      const info = fileInfos[index]
      const file = relative(folder, resolve(dirname(notes), name))
        .split(sep)
        .join('/')
      return file.startsWith('src/') && !isForTests(file) && info ? [[file, typeof info === 'string' ? info : info.version]] : []
    }),
  )
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sources(folder) {
  return readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?ts$|\.mjs$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !isForTests(file))
}

/**
 * Prisma's client contains the schema that it was made from, with other white space.
 * @param {string} folder
 * @returns {string[]}
 */
function staleClient(folder) {
  const schema = join(folder, 'prisma', 'schema.prisma')
  const client = join(folder, 'src', 'generated', 'prisma', 'internal', 'class.ts')
  if (!existsSync(schema)) return []
  const [, text = '""'] = (existsSync(client) && /"inlineSchema": ("(?:[^"\\]|\\.)*")/.exec(readFileSync(client, 'utf8'))) || []
  return words(JSON.parse(text)) === words(readFileSync(schema, 'utf8')) ? [] : ['prisma/schema.prisma']
}

// Below the root only: the repository itself may stand in a folder of that name.
const isForTests = (/** @type {string} */ path) => /\.test\.m?ts$|(^|\/)testing(\/|$)/.test(path)
const words = (/** @type {string} */ text) => text.replace(/\s+/g, ' ')
const hashOf = (/** @type {string} */ path) => createHash('sha256').update(readFileSync(path, 'utf8')).digest('hex')
const display = (/** @type {string} */ path) => relative(root, path).split(sep).join('/')
