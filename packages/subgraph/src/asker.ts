import type { Language } from '@vardgraf/errors'
import { type Viewer, verifyViewer } from '@vardgraf/viewer'
import type { Platform } from './platform.js'

/** The viewer that the gateway signed, or null when there is none or it is not to be believed. */
export async function viewerOf(token: unknown, platform: Pick<Platform, 'trusted' | 'clock'>): Promise<Viewer | null> {
  if (typeof token !== 'string') return null
  return verifyViewer(token, platform.trusted, platform.clock.now()).catch(() => null)
}

/** Swedish unless English is asked for first. */
export function languageOf(header: unknown): Language {
  return typeof header === 'string' && /^\s*en\b/i.test(header) ? 'en' : 'sv'
}
