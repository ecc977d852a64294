import type { Language } from '@vardgraf/errors'
import type { Logger } from '@vardgraf/process'
import type { Viewer } from '@vardgraf/viewer'
import type { Audit } from './audit.js'
import { auditOf } from './audit.js'
import type { Facts } from './facts.js'
import type { Platform } from './platform.js'

/** All that a resolver gets; each subgraph adds its own stores and loaders. */
export interface RequestContext {
  viewer: Viewer
  language: Language
  now(): Date
  facts: Facts
  audit: Audit
  log: Logger
  /** Forgets every loaded row and fact: called before each event of a stream, since access may have changed. */
  renew(): void
}

/** Builds a subgraph's context around the base, so that `renew` rebuilds both. */
export function createContext<C extends RequestContext>(
  platform: Platform,
  viewer: Viewer,
  language: Language,
  build: (base: RequestContext) => C,
): C {
  const make = (): C =>
    build({
      viewer,
      language,
      now: () => platform.clock.now(),
      facts: platform.facts(),
      audit: auditOf(platform.accessLog, platform.name, viewer, () => platform.clock.now()),
      log: platform.log,
      renew: () => Object.assign(context, make()),
    })
  const context = make()
  return context
}
