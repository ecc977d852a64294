import type { Policies } from '@vardgraf/policy'
import { loadersOver, type Platform, type RequestContext } from '@vardgraf/service'
import type { Db } from './database.js'

/** What the process holds: all that a feature can work with. */
export interface Services {
  platform: Platform
  db: Db
  policies: Policies
}

/** All that a resolver of this subgraph gets. */
export interface Context extends RequestContext {
  db: Db
  policies: Policies
  /** The request's loader of this name; see `loadersOver`. */
  loader: <L>(make: (services: Services) => L) => L
}

/** Adds this subgraph's own to the context that all subgraphs share. */
export function contextOf(services: Services): (base: RequestContext) => Context {
  const { db, policies } = services
  return (base) => Object.assign(base, { db, policies, loader: loadersOver(services) })
}
