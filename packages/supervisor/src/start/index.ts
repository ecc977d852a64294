import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runToEnd } from '../child.js'
import { addressesOf, demonstration, platformOf } from '../platform.js'
import { loadSandbox, loginsFor, migrateDatabase } from '../preparation.js'
import { EmbeddedDatabase } from './database.js'
import { sandboxKeys } from './keys.js'
import { checkPorts } from './ports.mjs'
import { red, step, tell } from './progress.js'
import { type StartSettings, startSettings } from './settings.js'
import { Supervisor } from './supervise.js'
import { welcome } from './welcome.js'

/** What runs and must be stopped, the newest first. */
const running: { stop(): Promise<void> }[] = []

/** Runs the whole platform with its sandbox until Ctrl-C. Everything is installed and built already. */
export async function start(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const stop = once(stopAll)
  // A second Ctrl-C does no harm: the keeper and the children also stop by themselves.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop().then(() => process.exit(0)))
  process.on('disconnect', () => void stop().then(() => process.exit(0)))
  try {
    await checkPorts(env)
    await startAll(startSettings(env))
  } catch (error) {
    if (stop.called) return
    await stopAll()
    // Last, so that it is the last line on the screen.
    for (const line of (error as Error).message.split('\n')) console.error(`${red('✗')} ${line}`)
    process.exit(1)
  }
}

async function startAll(settings: StartSettings): Promise<void> {
  const logs = join(settings.folder, 'logs')
  mkdirSync(logs, { recursive: true })
  const keys = await sandboxKeys(settings.folder)
  const ownerUrl = settings.databaseUrl ?? (await step('starting PostgreSQL', () => embeddedDatabase(settings)))
  await step('migrating', () => migrateDatabase(ownerUrl, logs))
  const databaseUrls = await loginsFor(ownerUrl)
  await step("loading the sandbox's people and units", () => loadSandbox(databaseUrls, logs))
  const supervisor = new Supervisor(logs)
  running.unshift(supervisor)
  await supervisor.start(platformOf({ ports: settings.ports, databaseUrls, keys }))
  if (settings.demo) await letPatientsWait(settings, logs)
  console.log(await welcome(settings))
}

/** The platform is complete without them: a failure is reported, and nothing else happens. */
async function letPatientsWait({ ports }: StartSettings, logs: string): Promise<void> {
  const command = demonstration(addressesOf(ports))
  const env = { NODE_ENV: 'development' }
  await step('letting a few patients wait', () => runToEnd('demo', command, env, join(logs, 'demo.log'))).catch((error: Error) =>
    tell(`${error.message} (log: ${join(logs, 'demo.log')})`),
  )
}

function embeddedDatabase(settings: StartSettings): Promise<string> {
  const database = new EmbeddedDatabase(settings)
  running.unshift(database)
  return database.start()
}

async function stopAll(): Promise<void> {
  const began = performance.now()
  if (running.length === 0) return
  console.log('\nstopping …')
  for (const each of running.splice(0)) await each.stop()
  console.log(`stopped ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

function once(work: () => Promise<void>) {
  const run = Object.assign(
    () => {
      run.called = true
      run.result ??= work()
      return run.result
    },
    { called: false, result: undefined as Promise<void> | undefined },
  )
  return run
}
