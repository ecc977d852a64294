// Files that cannot read the manifest, because they are JSON, Prisma's or prose: what they say of the services, held against it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { servicesOf } from '../packages/manifest/src/services.mjs'

/**
 * What differs between the manifest and the files of the repository.
 * @param {string} root
 * @param {import('../packages/manifest/src/manifest.mjs').Manifest} manifest
 * @returns {string[]} a line each, that says in which file and what to do; none when all agree
 */
export function driftOf(root, manifest) {
  const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8')
  const { subgraphNames, standardPorts, folders } = servicesOf(manifest)
  const known = Object.values(folders)
  const stored = subgraphNames.filter((name) => manifest.subgraphs[name]?.schema)
  const endpoints = (/** @type {string[]} */ names) =>
    names.map((name) => `${name} at http://localhost:${standardPorts[name]}/graphql`)

  const ofSubgraphs = compared('subgraphs/', 'the folder', {
    wanted: known.filter((path) => path.startsWith('subgraphs/')),
    found: foldersIn(root, 'subgraphs'),
    add: 'make it, or take the line out of the manifest',
    remove: 'give it a line in the manifest, or remove it',
  })
  const there = subgraphNames.filter((name) => existsSync(join(root, folders[name], 'package.json')))
  const packages = there.flatMap((name) =>
    compared(`${folders[name]}/package.json`, 'the name', {
      wanted: [`@vardgraf/subgraph-${name}`],
      found: [JSON.parse(read(`${folders[name]}/package.json`)).name],
    }),
  )
  const dataModels = compared('subgraphs/', 'the data model', {
    wanted: stored.filter((name) => there.includes(name)).map((name) => `${folders[name]}/prisma/schema.prisma`),
    found: there.map((name) => `${folders[name]}/prisma/schema.prisma`).filter((file) => existsSync(join(root, file))),
    add: 'write it, or set schema to false in the manifest',
    remove: 'set schema to true in the manifest, or remove it',
  })
  const turbo = compared('turbo.json', 'in //#compile the dependency', {
    wanted: stored.map((name) => `@vardgraf/subgraph-${name}#generate`),
    found: JSON.parse(read('turbo.json')).tasks['//#compile'].dependsOn,
  })
  const references = compared('tsconfig.json', 'the reference', {
    wanted: known,
    found: JSON.parse(read('tsconfig.json'))
      .references.map((/** @type {{ path: string }} */ { path }) => path)
      .filter((/** @type {string} */ path) => path.startsWith('subgraphs/') || known.includes(path)),
  })
  const graphs = [
    { file: 'supergraph.graphql', wanted: endpoints(subgraphNames) },
    { file: 'sandbox/supergraph.graphql', wanted: endpoints([...subgraphNames, 'sandbox']) },
  ].flatMap(({ file, wanted }) =>
    compared(file, 'the subgraph', {
      wanted,
      found: [...read(file).matchAll(/@join__graph\(name: "(.+?)", url: "(.+?)"\)/g)].map(([, name, url]) => `${name} at ${url}`),
      add: 'run npm run schema',
      remove: 'run npm run schema',
    }),
  )
  const prose = compared('docs/architecture.md', 'the box', {
    wanted: ['gateway', ...subgraphNames].map((name) => `${name} :${standardPorts[name]}`),
    found: [...read('docs/architecture.md').matchAll(/\b[a-z]\w* :\d{4}\b/g)].map(([text]) => text),
  })
  return [...ofSubgraphs, ...packages, ...dataModels, ...turbo, ...references, ...graphs, ...prose]
}

/**
 * @param {string} file
 * @param {string} what
 * @param {{ wanted: readonly string[], found: readonly string[], add?: string, remove?: string }} lists
 * @returns {string[]}
 */
function compared(file, what, { wanted, found, add = 'add it', remove = 'remove it' }) {
  return [
    ...wanted.filter((each) => !found.includes(each)).map((each) => `${file}: ${what} ${each} is missing: ${add}`),
    ...found.filter((each) => !wanted.includes(each)).map((each) => `${file}: ${what} ${each} is one too many: ${remove}`),
  ]
}

/**
 * @param {string} root
 * @param {string} folder
 */
function foldersIn(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, folder, entry.name, 'package.json')))
    .map((entry) => `${folder}/${entry.name}`)
}
