import type { Language } from '@vardgraf/errors'
import type { Logger } from '@vardgraf/process'
import type { Viewer } from '@vardgraf/viewer'
import type { Audit } from './audit.js'
import { auditOf } from './audit.js'
import type { CursorCodec } from './cursors.js'
import type { Facts } from './facts.js'
import type { Platform } from './platform.js'
import type { Waiting } from './within.js'

/** All that a resolver gets; each subgraph adds its own stores and loaders. */
export interface RequestContext {
  viewer: Viewer
  language: Language
  /** Who waits for the answer, for how long, and under which id. */
  waiting: Waiting
  now(): Date
  facts: Facts
  audit: Audit
  cursors: CursorCodec
  /** Each line of it has the request's id. */
  log: Logger
  /** Forgets every loaded row and fact: called before each event of a stream, since access may have changed. */
  renew(): void
}

/** Builds a subgraph's context around the base, so that `renew` rebuilds both. */
export function createContext<C extends RequestContext>(
  platform: Platform,
  { viewer, language, waiting }: Pick<RequestContext, 'viewer' | 'language' | 'waiting'>,
  build: (base: RequestContext) => C,
): C {
  const make = (): C =>
    build({
      viewer,
      language,
      waiting,
      now: () => platform.clock.now(),
      facts: platform.facts(),
      audit: auditOf(platform.accessLog, platform.name, viewer, () => platform.clock.now()),
      cursors: platform.cursors,
      log: platform.log,
      renew: () => Object.assign(context, make()),
    })
  const context = make()
  return context
}
