import type { databaseServices, factOwners, serviceNames, subgraphNames } from './services.mjs'

export { type Manifest, manifest } from './manifest.mjs'
export * from './services.mjs'

/** A subgraph of the production graph. */
export type SubgraphName = (typeof subgraphNames)[number]
/** A process of the platform: a subgraph, the gateway or the sandbox. */
export type ServiceName = (typeof serviceNames)[number]
/** A service with a role in the database. */
export type DatabaseService = (typeof databaseServices)[number]
/** A subgraph that owns facts. */
export type FactOwner = (typeof factOwners)[number]
