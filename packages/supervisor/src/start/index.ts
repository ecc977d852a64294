import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runToEnd } from '../child.js'
import type { CompilerTask } from '../dev/compiler.js'
import { Development } from '../dev/index.js'
import { addressesOf, demonstration, platformOf, root } from '../platform.js'
import { loadSandbox, loginsFor, migrateDatabase } from '../preparation.js'
import { checkStart } from './checks.mjs'
import { EmbeddedDatabase } from './database.js'
import { sandboxKeys } from './keys.js'
import { red, step, stopSteps, tell } from './progress.js'
import { type StartSettings, startSettings } from './settings.js'
import { Supervisor } from './supervise.js'
import { welcome } from './welcome.js'

/** Node's usual one, which editors look at. */
const inspectorPort = 9229

/** What runs and must be stopped, the newest first. */
const running: { stop(): Promise<void> }[] = []

export interface StartOptions {
  /** For `npm run dev`: every name that a workspace exports → its source file. What is saved is compiled and restarted then. */
  watch?: CompilerTask['sources']
}

/** Runs the whole platform with its sandbox until Ctrl-C. Everything is installed and built already. */
export async function start(env: NodeJS.ProcessEnv = process.env, options: StartOptions = {}): Promise<void> {
  const stop = once(() => {
    stopSteps()
    return stopAll()
  })
  // A second Ctrl-C does no harm: the keeper and the children also stop by themselves.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop().then(() => process.exit(0)))
  process.on('disconnect', () => void stop().then(() => process.exit(0)))
  try {
    await checkStart(env)
    await startAll(startSettings(env), options)
  } catch (error) {
    if (stop.called) return
    await stopAll()
    // Last, so that it is the last line on the screen.
    for (const line of (error as Error).message.split('\n')) console.error(`${red('✗')} ${line}`)
    process.exit(1)
  }
}

async function startAll(settings: StartSettings, { watch }: StartOptions): Promise<void> {
  const logs = join(settings.folder, 'logs')
  mkdirSync(logs, { recursive: true })
  const keys = await sandboxKeys(settings.folder)
  const ownerUrl = settings.databaseUrl ?? (await step('starting PostgreSQL', () => embeddedDatabase(settings)))
  await step('migrating', () => migrateDatabase(ownerUrl, logs))
  const databaseUrls = await loginsFor(ownerUrl)
  await step("loading the sandbox's people and units", () => loadSandbox(databaseUrls, logs))
  const supervisor = new Supervisor(logs)
  running.unshift(supervisor)
  // What was compiled for one start is taken at the next.
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'vardgraf', 'programs') }
  const watched = watch && { env, envOf: { gateway: { SUPERGRAPH_WATCH: 'true' } } }
  const specs = platformOf({ ports: settings.ports, databaseUrls, keys, ...watched }).map((spec) =>
    spec.name === settings.inspected ? { ...spec, flags: [`--inspect=127.0.0.1:${inspectorPort}`] } : spec,
  )
  await supervisor.start(specs)
  if (settings.demo) await letPatientsWait(settings, logs)
  console.log(await welcome(settings))
  if (!watch) return
  const development = new Development(supervisor, specs, watch)
  running.unshift(development)
  development.start()
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
