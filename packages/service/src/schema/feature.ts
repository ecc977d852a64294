import type { FactProviders } from '@vardgraf/access'
import type { RequestContext } from '../serve/context.js'
import type { InternalEndpoint } from '../serve/internal.js'

/** Finds the entity behind a representation; null when it does not exist or the viewer may not know that it does. */
export type ReferenceResolver<C> = (
  representation: { __typename: string; id: string; nodeId?: string },
  ctx: C,
) => Promise<object | null> | object | null

/** Work that goes on beside requests; `stop` resolves when it has ended. */
export interface Work {
  stop(): Promise<void>
}

/**
 * What several features bring, by name.
 * @throws Error naming what two of them bring: neither may replace the other without notice
 */
export function merged<T>(what: string, parts: readonly (Record<string, T> | undefined)[]): Record<string, T> {
  const all = new Map<string, T>()
  for (const [name, value] of parts.flatMap((part) => Object.entries(part ?? {}))) {
    if (all.has(name)) throw new Error(`two features bring the ${what} ${name}`)
    all.set(name, value)
  }
  return Object.fromEntries(all)
}

/**
 * What one feature brings to its subgraph: `subgraphs/<name>/src/<feature>/feature.ts` exports one, and `features.ts` lists them all.
 * Who may see its types stands beside their fields (`@Access`), and its loaders are made where they are asked for (`ctx.loader`).
 * `S` is what the subgraph's process holds.
 */
export interface Feature<C extends RequestContext, S> {
  // biome-ignore lint/complexity/noBannedTypes: type-graphql names resolver classes so
  resolvers?: Function[]
  /** Classes that no field returns by itself: implementations of interfaces, entities that are reached by their key alone. */
  // biome-ignore lint/complexity/noBannedTypes: type-graphql names classes so
  types?: Function[]
  /** By type name; every type with a `@key` that resolves here has one. */
  references?: Record<string, ReferenceResolver<C>>
  /** What other subgraphs may ask of this feature; see the contract in `packages/access/src/facts.ts`. */
  facts?(services: S): FactProviders
  /** Endpoints below `/internal/`, by name. */
  internal?(services: S): Record<string, InternalEndpoint>
  /** Begins jobs, sweeps and event handlers once the subgraph is served. */
  jobs?(services: S): Work | Promise<Work>
}
