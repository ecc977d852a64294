import { type Logger, pino } from 'pino'
import { loggedError } from './logged-error.js'

export type { Logger }

/** One JSON line an event on stdout: ids and durations, never what a patient said or who she is. */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    base: { service: name },
    serializers: { err: loggedError },
    redact: { paths: ['authorization', '*.authorization', 'headers'], remove: true },
  })
}
