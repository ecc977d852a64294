import type { Platform, RequestContext } from '@vardgraf/service'
import type { ClockService } from './clock/service.js'
import type { Inbox } from './sms/inbox.js'

/** What the process holds. */
export interface Services {
  clock: ClockService
  inbox: Inbox
  platform: Platform
}

/** All that the sandbox's resolvers get. */
export interface Context extends RequestContext, Services {}

/** Builds the contexts of the process. */
export const contextOf =
  (services: Services) =>
  (base: RequestContext): Context =>
    Object.assign(base, services)
