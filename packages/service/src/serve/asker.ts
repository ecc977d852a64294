import type { Language } from '@vardgraf/errors'
import { type Viewer, verifyViewer } from '@vardgraf/viewer'
import type { Platform } from '../start/platform.js'

/** The viewer that the gateway signed for this subgraph, or null when there is none or it is invalid. */
export async function viewerOf(
  token: unknown,
  { name, trusted, clock, log }: Pick<Platform, 'name' | 'trusted' | 'clock' | 'log'>,
): Promise<Viewer | null> {
  if (typeof token !== 'string') return null
  return verifyViewer(token, name, trusted, clock.now()).catch((error: Error) => {
    log.warn({ reason: error.message.slice(0, 200) }, 'a signed viewer was refused')
    return null
  })
}

/** Swedish unless English is asked for first. */
export function languageOf(header: unknown): Language {
  return typeof header === 'string' && /^\s*en\b/i.test(header) ? 'en' : 'sv'
}
