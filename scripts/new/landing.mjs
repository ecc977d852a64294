// Writes a feature and all that follows from it, or leaves the tree as it was.
import { spawn } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { Refused } from './plan.mjs'

/**
 * @param {string} root
 * @param {import('./plan.mjs').Plan} plan
 * @returns {Promise<{ created: string[], changed: string[] }>} files, from the root; what git does not hold is left out
 * @throws Refused when a step failed; then every file is as it was
 */
export async function landing(root, plan) {
  const { subgraph, workspace, folder, files, edited, generated, migration, migrationName } = plan
  const held = [folder, `${workspace}/prisma`, ...edited, ...generated]
  const madeHere = [`${workspace}/src/generated`, `${workspace}/dist`]
  const before = textsOf(root, [...held, ...madeHere])
  const undo = () => restore(root, before, textsOf(root, [...held, ...madeHere]))
  /** @type {ReturnType<typeof spawn> | null} */
  let running = null
  let stopped = false
  // The step that runs hears Ctrl-C as well: it ends, and with it the landing.
  const stop = () => {
    stopped = true
    running?.kill()
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)

  const step = async (/** @type {string} */ title, /** @type {() => Promise<void>} */ work) => {
    if (stopped) throw new Refused('stopped')
    console.log(`… ${title}`)
    await work().catch((error) => {
      throw new Refused(stopped ? 'stopped' : `${title} failed\n${error.message}`)
    })
  }
  const run = (/** @type {string} */ file, /** @type {string[]} */ args, cwd = '.') =>
    new Promise((resolve, reject) => {
      const env = {
        ...process.env,
        PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
        NODE_NO_WARNINGS: '1',
      }
      const child = spawn(file, args, {
        cwd: join(root, cwd),
        stdio: ['ignore', 'pipe', 'pipe'],
        env,
        shell: process.platform === 'win32',
      })
      running = child
      let output = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
      child.on('error', reject)
      child.on('close', (code) => (code === 0 ? resolve(undefined) : reject(new Error(output.trim()))))
    })

  try {
    for (const [path, text] of Object.entries(files)) write(root, path, text)
    await step('formatting', () =>
      run('biome', ['check', '--write', '--error-on-warnings', ...Object.keys(files).filter((path) => path.endsWith('.ts'))]),
    )
    if (migration) {
      await step('writing the migration', () => run('node', ['scripts/migration.mjs', subgraph, migrationName]))
      await step('generating the database client', () => run('node', [join(root, 'scripts/generate.mjs')], workspace))
    }
    await step('compiling', () => run('tsc', ['-b', workspace]))
    await step('composing the graph', () => run('node', ['scripts/schema.mjs', `--of=${workspace}`]))
    await step('generating the types of operations', () => run('graphql-codegen', ['--config', 'codegen.ts']))
    await step('writing the table of rules', () => run('node', ['scripts/rules.mjs']))
    if (stopped) throw new Refused('stopped')
  } catch (error) {
    undo()
    throw error
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop)
  }
  const after = textsOf(root, held)
  return {
    created: [...after.keys()].filter((path) => !before.has(path)),
    changed: [...after.keys()].filter(
      (path) => before.has(path) && !before.get(path)?.equals(/** @type {Buffer} */ (after.get(path))),
    ),
  }
}

/**
 * Path → content of files, and of all files in folders.
 * @param {string} root
 * @param {string[]} paths
 * @returns {Map<string, Buffer>}
 */
function textsOf(root, paths) {
  const found = paths
    .filter((path) => existsSync(join(root, path)))
    .flatMap((path) =>
      lstatSync(join(root, path)).isDirectory()
        ? readdirSync(join(root, path), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'))
        : [path],
    )
  return new Map(found.map((path) => [path, readFileSync(join(root, path))]))
}

/**
 * @param {string} root
 * @param {Map<string, Buffer>} before
 * @param {Map<string, Buffer>} now
 */
function restore(root, before, now) {
  for (const path of now.keys()) if (!before.has(path)) remove(root, path)
  for (const [path, text] of before) if (!now.get(path)?.equals(text)) write(root, path, text)
}

/**
 * A file, and the folders that it leaves empty.
 * @param {string} root
 * @param {string} path
 */
function remove(root, path) {
  rmSync(join(root, path))
  for (let folder = dirname(path); readdirSync(join(root, folder)).length === 0; folder = dirname(folder))
    rmSync(join(root, folder), { recursive: true })
}

/**
 * @param {string} root
 * @param {string} path
 * @param {string | Buffer} text
 */
function write(root, path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
