import type { Policies } from '@vardgraf/policy'
import { type LiveOptions, live, type Platform, type RequestContext } from '@vardgraf/service'
import { type AlertLoaders, alertLoaders } from './alerts/loaders.js'
import { type CaseLoaders, caseLoaders } from './cases/loaders.js'
import { type Change, change, type Writing } from './change.js'
import { type ChatLoaders, chatLoaders } from './chat/loaders.js'
import type { Db } from './database.js'
import type { QuestionnaireLibrary } from './questionnaires/library.js'
import { type TriageLoaders, triageLoaders } from './triage/loaders.js'
import { type WaitingRoomLoaders, waitingRoomLoaders } from './waiting-room/loaders.js'

/** All that a resolver of this subgraph gets. */
export interface Context extends RequestContext, Writing {
  policies: Policies
  questionnaires: QuestionnaireLibrary
  loaders: CaseLoaders & ChatLoaders & WaitingRoomLoaders & TriageLoaders & AlertLoaders
  /** Runs one change in a transaction; readers are woken after the commit. */
  change<T>(work: (change: Change) => Promise<T>): Promise<T>
  /** A live stream of this request's viewer. */
  live<T>(options: Omit<LiveOptions<T>, 'ctx'>): AsyncIterableIterator<T>
}

/** What outlives a request. */
export interface Services {
  platform: Platform
  db: Db
  policies: Policies
  questionnaires: QuestionnaireLibrary
}

/** Adds this subgraph's own to the context that all subgraphs share. */
export function contextOf({ platform, db, policies, questionnaires }: Services) {
  const writing: Writing = { db, bus: platform.bus, hints: platform.hints }
  return (base: RequestContext): Context => {
    const context: Context = Object.assign(base, writing, {
      policies,
      questionnaires,
      loaders: {
        ...caseLoaders(db),
        ...chatLoaders(db),
        ...waitingRoomLoaders(db),
        ...triageLoaders(db, questionnaires),
        ...alertLoaders(db),
      },
      change: <T>(work: (change: Change) => Promise<T>) => change(writing, () => base.now(), work),
      live: <T>(options: Omit<LiveOptions<T>, 'ctx'>) => live(platform, { ...options, ctx: context }),
    })
    return context
  }
}
