import type { Bus } from '@vardgraf/events'
import type { Policies } from '@vardgraf/policy'
import type { Clock } from '@vardgraf/process'
import { loadersOver, type Platform, type RequestContext } from '@vardgraf/service'
import type { Db } from './database.js'

/** What the process holds. */
export interface Services {
  db: Db
  pool: Platform['pool']
  bus: Bus
  clock: Clock
  policies: Policies
}

/** All that a resolver gets. */
export interface Context extends RequestContext, Services {
  /** The request's loader that this function makes. */
  loader: ReturnType<typeof loadersOver<Services>>
}

/** Builds the contexts of one process. */
export const contextOf =
  (services: Services) =>
  (base: RequestContext): Context =>
    Object.assign(base, services, { loader: loadersOver(services) })
