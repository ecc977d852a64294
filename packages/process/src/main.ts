import { createLogger, type Logger } from './log.js'
import { SettingsError } from './settings.js'

/** What a process can be told to do once it runs. */
export interface Running {
  /** Finishes what is under way and lets go of every resource. */
  stop(): Promise<void>
}

const oldestNodeMajor = 22
/** Whatever hangs while stopping, nothing is left behind. */
const stopMilliseconds = 15_000

/**
 * Boots one process: checks the runtime, starts it, stops it gracefully on SIGTERM, SIGINT or when the parent's IPC channel closes,
 * and ends with one clear line where it cannot start.
 */
export async function runProcess(name: string, start: (log: Logger) => Promise<Running>): Promise<void> {
  const log = createLogger(name, process.env.LOG_LEVEL ?? 'info')
  const major = Number(process.versions.node.split('.')[0])
  if (major < oldestNodeMajor)
    fail(log, `${name} needs Node ${oldestNodeMajor} or newer, this is ${process.version}: start it with npm`)
  let running: Running
  try {
    running = await start(log)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    fail(log, message, error instanceof SettingsError ? undefined : error)
    return
  }
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => fail(log, 'did not stop in time'), stopMilliseconds).unref()
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(log, 'did not stop cleanly', error),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
  // The parent may have gone while this process was starting.
  if (process.connected === false) stop()
  else process.send?.({ ready: true })
}

function fail(log: Logger, message: string, error?: unknown): void {
  log.fatal({ err: error }, message)
  process.exit(1)
}
