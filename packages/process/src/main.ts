import { createLogger, type Logger } from './log.js'
import { loggedError } from './logged-error.js'
import { processSettings, SettingsError } from './settings.js'

/** What a process can be told to do once it runs. */
export interface Running {
  /** Finishes what is under way and closes every resource. */
  stop(): Promise<void>
}

const oldestNodeMajor = 22
/** The process ends after this time, even if something hangs while stopping. */
const stopMilliseconds = 15_000

/**
 * Boots one process: checks the runtime, starts it, stops it gracefully on SIGTERM, SIGINT or when the parent's IPC channel closes,
 * and ends with one clear line where it cannot start.
 */
export async function runProcess(name: string, start: (log: Logger) => Promise<Running>): Promise<void> {
  const log = logOf(name)
  const running = await attempt(log, () => start(log))
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

/** Runs a program that does one thing and ends, such as a migration. If it fails, it ends with one clear line. */
export async function runTask(name: string, task: (log: Logger) => Promise<void>): Promise<void> {
  const log = logOf(name)
  await attempt(log, () => task(log))
  // The process ends even if a library still holds something open.
  process.exit(0)
}

/** The log exists before the settings are read: an invalid level is reported by the settings, in this log. */
function logOf(name: string): Logger {
  const log = createLogger(name, processSettings.LOG_LEVEL.safeParse(process.env.LOG_LEVEL).data ?? 'info')
  // Node would print it with everything that the error carries.
  process.on('uncaughtException', (error) => fail(log, 'nobody handled an error', error))
  return log
}

async function attempt<T>(log: Logger, work: () => Promise<T>): Promise<T> {
  const major = Number(process.versions.node.split('.')[0])
  if (major < oldestNodeMajor) fail(log, `needs Node ${oldestNodeMajor} or newer, this is ${process.version}: start it with npm`)
  try {
    return await work()
  } catch (error) {
    if (error instanceof SettingsError) fail(log, error.message)
    fail(log, reasonOf(error), error)
  }
}

/** Some errors say what happened only in their causes: a connection that was tried over IPv6 and IPv4. */
function reasonOf(error: unknown): string {
  const { message, causes = [], type } = loggedError(error)
  return message || causes.map((cause) => cause.message).join(', ') || type
}

function fail(log: Logger, message: string, error?: unknown): never {
  log.fatal({ err: error }, message)
  process.exit(1)
}
