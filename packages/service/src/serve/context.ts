import { type AccessContext, auditOf } from '@vardgraf/access'
import type { Logger } from '@vardgraf/process'
import type { CursorCodec } from '@vardgraf/relay'
import type { Platform } from '../start/platform.js'
import type { Waiting } from './within.js'

/** All that a resolver gets; each subgraph adds its own stores and loaders. */
export interface RequestContext extends AccessContext {
  /** Who waits for the answer, for how long, and under which id. */
  waiting: Waiting
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

/**
 * The loaders of one request, or of one event of a stream: each is made when it is first asked for, by the function that names it. A
 * feature exports that function from its `loaders.ts`, and nothing has to be registered.
 */
export function loadersOver<S>(services: S): <L>(make: (services: S) => L) => L {
  const made = new Map<unknown, unknown>()
  return <L>(make: (services: S) => L): L => {
    if (!made.has(make)) made.set(make, make(services))
    return made.get(make) as L
  }
}
