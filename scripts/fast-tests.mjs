// Which test files are fast: those that start no process, open no port and need no PostgreSQL. Read from their imports, so that no list is kept by hand.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** What a slow test imports, itself or by a file in a `testing` folder. */
const slow = [/^@vardgraf\/testing\b/, /^@vardgraf\/supervisor\b/, /^node:(child_process|http|https|net)$/, /^ws$/, /^pg$/]

const imported = /^\s*(?:import|export)\b[^'"]*?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

/**
 * Splits the test files of the tree.
 * @param {string} root
 * @param {string[]} patterns of test files, from the root
 * @returns {{ fast: string[], full: string[] }} paths from the root, with `/`
 */
export function splitTests(root, patterns) {
  const files = globSync(patterns, { cwd: root, exclude: ['**/node_modules', '**/dist'] }).map((file) =>
    file.replaceAll('\\', '/'),
  )
  const isFast = (/** @type {string} */ file) => !isSlow(root, file, new Set())
  return { fast: files.filter(isFast).sort(), full: files.filter((file) => !isFast(file)).sort() }
}

/**
 * Followed through what is written for tests alone: production code starts nothing by being imported.
 * @param {string} root
 * @param {string} file
 * @param {Set<string>} seen
 * @returns {boolean}
 */
function isSlow(root, file, seen) {
  if (seen.has(file)) return false
  seen.add(file)
  return [...readFileSync(join(root, file), 'utf8').matchAll(imported)].some(([, named, called]) => {
    const name = named ?? called ?? ''
    if (!name.startsWith('.')) return slow.some((pattern) => pattern.test(name))
    const path = normalize(join(dirname(file), name)).replaceAll('\\', '/')
    const source = [path.replace(/\.js$/, '.ts'), path].find((each) => existsSync(join(root, each)))
    return (
      source !== undefined &&
      (/\.test\.ts$|(^|\/)(testing|tests)\/|^e2e\//.test(source) || named === undefined) &&
      isSlow(root, source, seen)
    )
  })
}
