import type { Platform, RequestContext } from '@vardgraf/service'
import type { ClockService } from './clock/service.js'
import type { Inbox } from './sms/inbox.js'

/** All that the sandbox's resolvers get. */
export interface Context extends RequestContext {
  clock: ClockService
  inbox: Inbox
  platform: Platform
}
