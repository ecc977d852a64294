import type { Clock, Logger } from '@vardgraf/process'
import type { Work } from '@vardgraf/service'

/** Work that is found by looking for rows that are due; no job tells of it. */
export interface Sweep {
  name: string
  everyMs: number
  /** One look. It ends early when `stop` is aborted. */
  run(stop: AbortSignal): Promise<unknown>
}

/**
 * Runs a sweep every `everyMs`, and at once when the clock is moved by hand; never beside itself. Each has a loop of its own: what
 * fails in one is logged and tried again, and holds up no other.
 */
export function startSweep({ name, everyMs, run }: Sweep, { clock, log }: { clock: Clock; log: Logger }): Work {
  const stopping = new AbortController()
  let running: Promise<void> | null = null
  let again = false

  const look = async (): Promise<void> => {
    do {
      again = false
      try {
        await run(stopping.signal)
      } catch (error) {
        log.error({ err: error, sweep: name }, 'a sweep failed, and is tried again')
      }
    } while (again && !stopping.signal.aborted)
    running = null
  }
  const start = (): void => {
    if (!stopping.signal.aborted) running ??= look()
  }
  const jump = (): void => {
    // The look under way may have read the clock of before.
    again = running !== null
    start()
  }

  start()
  const timer = setInterval(start, everyMs)
  const unsubscribe = clock.onJump(jump)
  return {
    stop: async () => {
      stopping.abort()
      clearInterval(timer)
      unsubscribe()
      await running
    },
  }
}
