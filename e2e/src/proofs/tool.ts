import { type ChildProcess, spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { root } from './sources.js'

const graceMilliseconds = 5_000

/**
 * Runs a program of `node_modules/.bin` in the repository to its end, in a process group of its own. When aborted the whole group ends:
 * first asked, then killed.
 * @throws the signal's reason when aborted
 */
export async function runTool(
  [name = '', ...args]: readonly string[],
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<{ code: number | null; output: string }> {
  signal.throwIfAborted()
  const binaries = join(root, 'node_modules', '.bin')
  const child = spawn(join(binaries, name), args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}`, NODE_NO_WARNINGS: '1', NO_COLOR: '1', ...env },
  })
  const abort = (): void => end(child)
  signal.addEventListener('abort', abort)
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  }).finally(() => signal.removeEventListener('abort', abort))
  signal.throwIfAborted()
  return { code, output }
}

function end(child: ChildProcess): void {
  const send = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid) process.kill(-child.pid, signal)
    } catch {
      // The group is gone.
    }
  }
  send('SIGTERM')
  setTimeout(() => send('SIGKILL'), graceMilliseconds).unref()
  child.once('close', () => send('SIGKILL'))
}

/** What a tool said last, for people: without where in its own code it failed. */
export const lastWords = (output: string): string =>
  output
    .split('\n')
    .filter((line) => line.trim() && !/^\s+at /.test(line))
    .slice(-40)
    .join('\n')
