import { type Logger, pino } from 'pino'

export type { Logger }

/** One JSON line an event on stdout: ids and durations, never what a patient said or who she is. */
export function createLogger(name: string, level: string): Logger {
  const redact = { paths: ['authorization', '*.authorization', 'headers'], remove: true }
  // Lines leave together: a write call for each costs more than the line. At most `periodicFlush` later; at once for `fatal` and at exit.
  const stdout = pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 200 })
  return pino({ name, level, base: { service: name }, redact }, stdout)
}
