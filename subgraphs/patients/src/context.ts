import type { Policies } from '@vardgraf/policy'
import type { RequestContext } from '@vardgraf/service'
import type { Db } from './database.js'
import { createLoaders, type Loaders } from './loaders.js'

/** All that a resolver gets. */
export interface Context extends RequestContext {
  db: Db
  policies: Policies
  load: Loaders
}

export const createContext = (base: RequestContext, db: Db, policies: Policies): Context => ({
  ...base,
  db,
  policies,
  load: createLoaders(db),
})
