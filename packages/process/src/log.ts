import { type Logger, pino } from 'pino'
import { loggedError } from './logged-error.js'
import { currentWork } from './work.js'

export type { Logger }

/**
 * One JSON line an event on stdout: ids and durations, never what a patient said or who she is. What is logged while a request is
 * worked on has its id.
 */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    base: { service: name },
    mixin: () => {
      const work = currentWork()
      return work ? { requestId: work.requestId } : {}
    },
    serializers: { err: loggedError },
    redact: { paths: ['authorization', '*.authorization', 'headers'], remove: true },
  })
}
