import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { built } from './built.mjs'
import type { ProcessSpec } from './platform.js'

const startMilliseconds = 60_000
const stopMilliseconds = 10_000

/** One process of the platform: its output goes to a log file, its IPC channel says when it is ready and ties it to this process. */
export class Child {
  private process: ChildProcess | undefined
  private gone: Promise<void> = Promise.resolve()
  private expected = false

  constructor(
    readonly spec: ProcessSpec,
    private readonly logFile: string,
    /** Called when the process ends by itself after it was ready. */
    private readonly onDeath: (child: Child, how: string) => void = () => {},
  ) {}

  get pid(): number | undefined {
    return this.process?.pid
  }

  /** Starts the process and resolves when it is ready.
   *  @throws Error with the process's own last words when it ends before that, or when its source is newer than what is built. */
  async start(): Promise<void> {
    const [program = '', ...args] = this.spec.command
    const command = [built(program), ...args]
    const before = existsSync(this.logFile) ? readFileSync(this.logFile).length : 0
    const log = openSync(this.logFile, 'a')
    const child = spawn(process.execPath, ['--enable-source-maps', ...(this.spec.flags ?? []), ...command], {
      // A process group of its own: Ctrl-C reaches only whoever started it, which stops its children in order.
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...inherited(), ...this.spec.env },
    })
    closeSync(log)
    this.process = child
    this.expected = false
    this.gone = new Promise((resolve) => child.once('exit', () => resolve()))
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL')
        reject(new Error(`${this.spec.name} was not ready after ${startMilliseconds / 1000} s; its log is ${this.logFile}`))
      }, startMilliseconds)
      const ended = (code: number | null, signal: string | null): void => {
        clearTimeout(timer)
        reject(new Error(`${this.spec.name} did not start: ${lastWords(this.logFile, before) ?? how(code, signal)}`))
      }
      child.once('error', reject)
      child.once('exit', ended)
      child.once('message', () => {
        clearTimeout(timer)
        child.off('exit', ended)
        child.once('exit', (code, signal) => this.expected || this.onDeath(this, how(code, signal)))
        resolve()
      })
    })
  }

  /** Asks the process to finish by closing its channel, and ends it when it does not. */
  async stop(): Promise<void> {
    const child = this.process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    this.expected = true
    if (child.connected) child.disconnect()
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMilliseconds)
    await this.gone.finally(() => clearTimeout(timer))
  }

  /** Ends the process at once, as a crash would. */
  async kill(): Promise<void> {
    this.expected = true
    this.process?.kill('SIGKILL')
    await this.gone
  }
}

/** Runs a program to its end.
 *  @throws Error with its last words, or when its source is newer than what is built. */
export async function runToEnd(
  name: string,
  [program = '', ...args]: string[],
  env: Record<string, string>,
  logFile: string,
): Promise<void> {
  const log = openSync(logFile, 'a')
  const before = existsSync(logFile) ? readFileSync(logFile).length : 0
  const child = spawn(process.execPath, ['--enable-source-maps', built(program), ...args], {
    stdio: ['ignore', log, log],
    windowsHide: true,
    env: { ...inherited(), ...env },
  })
  closeSync(log)
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve([code, signal]))
  })
  if (code === 0) return
  appendFileSync(logFile, '')
  throw new Error(`${name} failed: ${lastWords(logFile, before) ?? how(code, signal)}`)
}

/** A child gets only these variables of this process, never its settings by accident. */
function inherited(): Record<string, string> {
  const passed = [
    'PATH',
    'HOME',
    'LANG',
    'TZ',
    'TMPDIR',
    'TEMP',
    'SystemRoot',
    'LOG_LEVEL',
    'NODE_EXTRA_CA_CERTS',
    'NODE_OPTIONS',
  ]
  return Object.fromEntries(passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}

const how = (code: number | null, signal: string | null): string => (signal ? `ended by ${signal}` : `ended with code ${code}`)

/** What a process said last in its part of the log: the message of a JSON line, or the line. */
function lastWords(logFile: string, from: number): string | null {
  const lines = readFileSync(logFile).subarray(from).toString().trim().split('\n')
  const fatal = lines.findLast((line) => line.includes('"level":60') || /^\w*Error:/.test(line))
  const line = fatal ?? lines.at(-1)
  if (!line) return null
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } }
    return msg ?? err?.message ?? line
  } catch {
    return line
  }
}
