import type { Policies } from '@vardgraf/policy'
import type { RequestContext } from '@vardgraf/service'

/** All that a resolver gets. */
export interface Context extends RequestContext {
  policies: Policies
}

export const createContext = (base: RequestContext, policies: Policies): Context => Object.assign(base, { policies })
