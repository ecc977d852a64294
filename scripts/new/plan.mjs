// What a new feature consists of, or why there can be none of that name. Reads files and writes nothing.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { manifest } from '../../packages/manifest/src/manifest.mjs'
import { filled, namesOf } from './names.mjs'

/** A line for people that says what is wrong. */
export class Refused extends Error {}

/**
 * @typedef {object} Plan paths are from the root
 * @property {string} subgraph its name
 * @property {string} folder of the feature
 * @property {string} workspace of the subgraph
 * @property {Record<string, string>} files path → text, before it is formatted
 * @property {string[]} created
 * @property {string[]} edited by a line or, for the data model, by a model
 * @property {string | null} migration where it will be; null without a database
 * @property {string} migrationName
 * @property {string[]} generated files and folders that follow from the others
 */

/**
 * @param {string} root
 * @param {string} subgraph
 * @param {string} name
 * @returns {Plan}
 * @throws Refused
 */
export function plan(root, subgraph, name) {
  const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8')
  /** @type {Record<string, import('../../packages/manifest/src/manifest.mjs').Subgraph>} */
  const subgraphs = manifest.subgraphs
  const entry = subgraphs[subgraph]
  if (!entry) throw new Refused(`there is no subgraph ${subgraph}; there are ${Object.keys(subgraphs).join(', ')}`)
  const names = namesOf(name)
  if (!names) throw new Refused(`${name} is no name for a feature: 3 to 28 characters, lower case with -, such as care-plan`)
  const { folder: workspace, schema: stored } = entry
  const taken = takenBy(root, workspace, names)
  if (taken) throw new Refused(`the name ${name} is taken: ${taken}`)
  const owner = stored ? 'Patient' : 'Visit'
  for (const [path, text, need] of [
    [`${workspace}/src/neighbours.ts`, `export class ${owner} `, `a class ${owner}, to which the feature adds`],
    [
      `${workspace}/src/testing/service.ts`,
      'export async function startService(',
      'startService, by which its tests boot the subgraph',
    ],
  ])
    if (!existsSync(join(root, path)) || !read(path).includes(text)) throw new Refused(`${path} must export ${need}`)

  const folder = `${workspace}/src/${names.kebab}`
  const templates = `scripts/new/${stored ? 'stored' : 'computed'}`
  const models = stored ? `${workspace}/prisma/schema.prisma` : null
  const features = `${workspace}/src/features.ts`
  /** @type {Record<string, string>} */
  const files = { [features]: withFeature(features, read(features), names) }
  for (const file of readdirSync(join(root, templates)).sort()) {
    const text = filled(read(`${templates}/${file}`), names, subgraph)
    if (file !== 'model.prisma.template') files[`${folder}/${filled(file.replace(/\.template$/, ''), names, subgraph)}`] = text
    else if (models) files[models] = withModel(read(models), text)
  }
  const edited = [features, ...(models ? [models] : [])]
  return {
    subgraph,
    folder,
    workspace,
    files,
    created: Object.keys(files).filter((path) => !edited.includes(path)),
    edited,
    migration: stored ? `${workspace}/prisma/migrations/<now>_add_${names.snake}` : null,
    migrationName: `add_${names.snake}`,
    generated: [
      `${workspace}/schema.graphql`,
      `${workspace}/access.json`,
      'supergraph.graphql',
      'sandbox/supergraph.graphql',
      'packages/client/schema.graphql',
      'packages/client/src/gql',
      'e2e/src/gql',
      'docs/rules.md',
    ],
  }
}

/**
 * Why the name cannot be used, or null.
 * @param {string} root
 * @param {string} workspace
 * @param {import('./names.mjs').Names} names
 * @returns {string | null}
 */
function takenBy(root, workspace, { kebab, pascal, camel, plural, snake }) {
  const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8')
  for (const path of [`${workspace}/src/${kebab}`, `${workspace}/src/${kebab}.ts`])
    if (existsSync(join(root, path))) return `there is ${path}`
  try {
    new Script(`'use strict'; let ${camel}, ${plural}`)
  } catch {
    return `${camel} is a word of JavaScript`
  }
  const graph = read('supergraph.graphql')
  const types = [pascal, `${pascal}Connection`, `${pascal}Edge`, `Add${pascal}Input`, `Add${pascal}Payload`]
  const type = types.find((each) => new RegExp(`^(type|interface|union|enum|input|scalar) ${each}\\b`, 'm').test(graph))
  if (type) return `the graph has a type ${type}`
  const field = [camel, plural, `add${pascal}`].find((each) => new RegExp(`^  ${each}[(:]`, 'm').test(graph))
  if (field) return `the graph has a field ${field}`
  const models = `${workspace}/prisma/schema.prisma`
  if (existsSync(join(root, models)) && new RegExp(`^(model|enum) ${pascal} |@@map\\("${snake}"\\)`, 'm').test(read(models)))
    return `${models} has a ${pascal}`
  return null
}

/**
 * The data model with one more at its end. Prisma wants `@@schema` where `schemas` are named, and refuses it elsewhere.
 * @param {string} text
 * @param {string} model
 * @returns {string}
 */
function withModel(text, model) {
  return `${text.trimEnd()}\n${/^\s*schemas\s*=/m.test(text) ? model : model.replace(/^ *@@schema\(.*\n/m, '')}`
}

/**
 * The list of features with one more at its end.
 * @param {string} path
 * @param {string} text
 * @param {import('./names.mjs').Names} names
 * @returns {string}
 */
function withFeature(path, text, { kebab, camel }) {
  const list = /^(export const features: [^=]+= \[)([^\]]*)\]/m
  const [, , listed] = list.exec(text) ?? []
  if (listed === undefined || /[{(]/.test(listed))
    throw new Refused(`${path} must export \`features\` as a list of names, such as [neighbours, visit]`)
  const more = `${listed.trim().replace(/,$/, '')}, ${camel}`
  return `import { ${camel} } from './${kebab}/feature.js'\n${text.replace(list, (_all, head) => `${head}${more}]`)}`
}
