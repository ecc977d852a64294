import type { Policies } from '@vardgraf/policy'
import { type LiveOptions, live, loadersOver, type Platform, type RequestContext } from '@vardgraf/service'
import { type Change, change, type Writing, writingOf } from './change.js'
import type { Config } from './config.js'
import type { Db } from './database.js'
import type { SmsSender } from './notifications/sms.js'
import type { QuestionnaireLibrary } from './questionnaires/library.js'

/** What the process holds: all that a feature can work with. */
export interface Services {
  platform: Platform
  config: Config
  db: Db
  policies: Policies
  questionnaires: QuestionnaireLibrary
  sms: SmsSender
}

/** All that a resolver of this subgraph gets. */
export interface Context extends RequestContext, Writing {
  policies: Policies
  questionnaires: QuestionnaireLibrary
  /** The request's loader of this name; see `loadersOver`. */
  loader: <L>(make: (services: Services) => L) => L
  /** Runs one change in a transaction; readers are woken after the commit. */
  change<T>(work: (change: Change) => Promise<T>): Promise<T>
  /** A live stream of this request's viewer. */
  live<T>(options: Omit<LiveOptions<T>, 'ctx'>): AsyncIterableIterator<T>
}

/** Adds this subgraph's own to the context that all subgraphs share. */
export function contextOf(services: Services): (base: RequestContext) => Context {
  const { platform, policies, questionnaires } = services
  const writing = writingOf(services)
  return (base) => {
    const context: Context = Object.assign(base, writing, {
      policies,
      questionnaires,
      loader: loadersOver(services),
      change: <T>(work: (change: Change) => Promise<T>) => change(writing, () => base.now(), work),
      live: <T>(options: Omit<LiveOptions<T>, 'ctx'>) => live(platform, { ...options, ctx: context }),
    })
    return context
  }
}
