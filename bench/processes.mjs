// Processes of the benchmark: starting, stopping, and what the kernel says they used.
import { fork, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const ticksPerSecond = 100

/** Starts a helper of this folder in a process of its own. */
export async function helper(file) {
  const child = fork(new URL(file, import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return child
}

export const message = (child) =>
  new Promise((resolve, reject) => {
    const ended = (code) => reject(new Error(`a helper ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (said) => {
      child.off('exit', ended)
      resolve(said)
    })
  })

export async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts a target and waits until it answers. Its output is discarded, so that no terminal slows it down. */
export async function startTarget({ name, args, env, cwd }, port) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', process.env.BENCH_VERBOSE ? 'inherit' : 'ignore'],
  })
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
    const answers = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{__typename}","variables":{"id":"1","first":3}}',
    }).then(
      (response) => response.arrayBuffer().then(() => response.status < 500),
      () => false,
    )
    if (answers) return child
    await delay(200)
  }
  child.kill('SIGKILL')
  throw new Error(`${name} does not answer`)
}

export async function stopTarget(child) {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(timer)
}

/** CPU time in ms of a process, its threads and its children so far. */
export function cpuMs(pid) {
  return family(pid).reduce((sum, id) => {
    const fields = stat(id)
    return sum + ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
  }, 0)
}

/** Resident memory in MB, children included: now and at its highest. */
export function memoryMb(pid) {
  const of = (key) =>
    family(pid).reduce(
      (sum, id) =>
        sum + Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024,
      0,
    )
  return { now: of('VmRSS'), peak: of('VmHWM') }
}

function family(pid) {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return stat(id)[1] === String(pid)
      } catch {
        return false
      }
    })
  return [pid, ...children.flatMap((id) => family(Number(id)))]
}

/** The fields of /proc/PID/stat after the command's name. */
function stat(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}
