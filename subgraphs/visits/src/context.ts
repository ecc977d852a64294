import type { Bus } from '@vardgraf/events'
import type { Policies } from '@vardgraf/policy'
import type { Platform, RequestContext } from '@vardgraf/service'
import type { Db } from './database.js'
import { type Collisions, collisionsOf } from './loaders/collisions.js'
import { type Pages, visitPages } from './loaders/pages.js'
import { type VisitLoader, visitsById } from './loaders/visits.js'

/** All that a resolver of this subgraph gets. */
export interface Context extends RequestContext {
  db: Db
  bus: Bus
  policies: Policies
  visits: VisitLoader
  pages: Pages
  collisions: Collisions
}

/** Builds the contexts of one process: one set of loaders a request. */
export const contextOf =
  (platform: Platform, db: Db, policies: Policies) =>
  (base: RequestContext): Context =>
    Object.assign(base, {
      db,
      bus: platform.bus,
      policies,
      visits: visitsById(db),
      pages: visitPages(platform.pool),
      collisions: collisionsOf(platform.pool),
    })
