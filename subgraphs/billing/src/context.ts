import type { Policies } from '@vardgraf/policy'
import type { RequestContext } from '@vardgraf/service'

/** What the process holds. */
export interface Services {
  policies: Policies
}

/** All that a resolver gets. */
export interface Context extends RequestContext, Services {}

/** Builds the contexts of one process. */
export const contextOf =
  (services: Services) =>
  (base: RequestContext): Context =>
    Object.assign(base, services)
