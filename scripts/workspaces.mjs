// The workspaces of package.json, and where the source of each name stands under which they import each other.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ folder: string, name: string, exports: Record<string, { default: string }> }} Workspace `folder` from the root, such as `packages/errors` */

/**
 * @param {string} root
 * @returns {Workspace[]}
 */
export function workspaces(root) {
  const read = (/** @type {string} */ folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  /** @type {string[]} */
  const patterns = read('.').workspaces
  const folders = patterns.flatMap((pattern) =>
    pattern.endsWith('/*')
      ? readdirSync(join(root, pattern.slice(0, -2)), { withFileTypes: true })
          .filter((entry) => entry.isDirectory() && existsSync(join(root, pattern.slice(0, -1), entry.name, 'package.json')))
          .map((entry) => `${pattern.slice(0, -1)}${entry.name}`)
      : [pattern],
  )
  return folders.map((folder) => {
    const { name, exports = {} } = read(folder)
    return { folder, name, exports }
  })
}

/**
 * Every name that a workspace exports → its source file: `@vardgraf/gateway/examples` → `/…/gateway/src/page/examples.ts`.
 * Tests and checks resolve by it, so that they look at what is written and not at what was built last.
 * @param {string} root
 * @returns {Record<string, string>}
 * @throws Error naming an export that does not lead from `./dist/….js` to a file in `src`
 */
export function sourceFiles(root) {
  const entries = workspaces(root).flatMap(({ folder, name, exports }) =>
    Object.entries(exports).map(([path, target]) => {
      const [, file] = /^\.\/dist\/(.+)\.js$/.exec(target?.default ?? '') ?? []
      const source = join(root, folder, 'src', `${file}.ts`)
      if (!file || !existsSync(source))
        throw new Error(
          `${folder}/package.json: the export "${path}" must have a default ./dist/<file>.js with its source in src`,
        )
      return [name + path.slice(1), source]
    }),
  )
  return Object.fromEntries(entries)
}
