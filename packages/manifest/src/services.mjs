// All that follows from the manifest: names, start order, ports, folders. Pure; needs no package and no build.
import { manifest } from './manifest.mjs'

/**
 * @template {import('./manifest.mjs').Manifest} M
 * @typedef {keyof M['subgraphs'] & string} SubgraphOf
 */

/**
 * @template {import('./manifest.mjs').Manifest} M
 * @typedef {{ [N in SubgraphOf<M>]: M['subgraphs'][N]['facts'] extends true ? N : never }[SubgraphOf<M>]} FactOwnerOf
 */

/**
 * Everything that is a list of services, derived from one manifest.
 * @template {import('./manifest.mjs').Manifest} M
 * @param {M} from
 * @throws Error naming a subgraph whose name or port cannot be used
 */
export function servicesOf(from) {
  /** @typedef {SubgraphOf<M>} Name */
  const subgraphNames = /** @type {Name[]} */ (Object.keys(from.subgraphs))
  const all = Object.entries({ gateway: from.gateway, ...from.subgraphs, sandbox: from.sandbox })
  refuseUnusable(
    subgraphNames,
    all.map(([name, { port }]) => ({ name, port })),
  )
  const ports = Object.fromEntries(all.map(([name, { port }]) => [name, port]))
  const folders = Object.fromEntries(all.map(([name, { folder }]) => [name, folder]))
  return Object.freeze({
    /** The subgraphs of the production graph, in the order in which they are composed. */
    subgraphNames: Object.freeze(subgraphNames),
    /** Every process that has a key. */
    serviceNames: Object.freeze(/** @type {const} */ (['gateway', ...subgraphNames, 'sandbox'])),
    /** The processes in the order in which they start: the sandbox has the clock that the others follow, the gateway comes last. */
    processNames: Object.freeze(/** @type {const} */ (['sandbox', ...subgraphNames, 'gateway'])),
    /** Every process that has a role in the database. */
    databaseServices: Object.freeze(/** @type {const} */ (['sandbox', ...subgraphNames])),
    /** The subgraphs that are asked for facts: each subgraph is told where they are. */
    factOwners: Object.freeze(
      /** @type {FactOwnerOf<M>[]} */ (subgraphNames.filter((name) => from.subgraphs[name]?.facts === true)),
    ),
    /** The standard ports. */
    standardPorts: Object.freeze(/** @type {Record<'gateway' | 'sandbox' | Name, number>} */ (ports)),
    /** Folders, from the repository's root. */
    folders: Object.freeze(/** @type {Record<'gateway' | 'sandbox' | Name, string>} */ (folders)),
  })
}

/** Names that a subgraph cannot have: of the other services, of their database and of the files beside their keys. */
const taken = ['gateway', 'sandbox', 'postgres', 'trusted', 'cursors']

/**
 * @param {readonly string[]} subgraphNames
 * @param {readonly { name: string, port: number }[]} services
 */
function refuseUnusable(subgraphNames, services) {
  for (const name of subgraphNames) {
    // It becomes part of a database role, of a setting's name and of a key's id.
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`manifest: ${name} is not a name of a-z, 0-9 and _`)
    if (taken.includes(name)) throw new Error(`manifest: the name ${name} is taken`)
  }
  for (const { name, port } of services) {
    const first = services.find((other) => other.port === port)
    if (first && first.name !== name) throw new Error(`manifest: ${first.name} and ${name} both have port ${port}`)
  }
}

export const { subgraphNames, serviceNames, processNames, databaseServices, factOwners, standardPorts, folders } =
  servicesOf(manifest)

/**
 * The setting that says where a service is: `PATIENTS_URL`.
 * @template {string} N
 * @param {N} name
 */
export const urlSetting = (name) => /** @type {`${Uppercase<N>}_URL`} */ (`${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_URL`)

/**
 * The role of a service in the database. Migrations make it; logins are granted into it.
 * @param {string} name
 */
export const databaseRole = (name) => `vardgraf_${name}`
