import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer, type Server } from 'node:net'

const longestCommand = 90

/** TCP ports that nobody listens on right now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)))
  const ports = servers.map((server) => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no free port')
    return address.port
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** Whether somebody listens on the port. */
export async function isTaken(port: number): Promise<boolean> {
  try {
    const server = await listen(port)
    await new Promise((resolve) => server.close(resolve))
    return false
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return true
    throw error
  }
}

async function listen(port: number): Promise<Server> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return server
}

/** The process that listens on a port, such as `python3 -m http.server (process 4711)`; null where it cannot be found out. */
export function listenerOf(port: number): string | null {
  try {
    const pid = process.platform === 'linux' ? linuxListener(port) : lsofListener(port)
    return pid && `${nameOf(pid)} (process ${pid})`
  } catch {
    return null
  }
}

/** From the kernel's tables: the socket's inode, then who has it open. */
function linuxListener(port: number): string | null {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const listening = '0A'
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
  const columns = rows.map((row) => row.trim().split(/\s+/))
  const inode = columns.find(([, local, , state]) => local?.endsWith(wanted) && state === listening)?.[9]
  if (!inode) return null
  return readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && has(pid, `socket:[${inode}]`)) ?? null
}

function has(pid: string, socket: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === socket)
  } catch {
    // Another user's process, or one that has just ended.
    return false
  }
}

function lsofListener(port: number): string | null {
  const output = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return output.trim().split('\n')[0] || null
}

function nameOf(pid: string): string {
  const command =
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', pid], { encoding: 'utf8' })
  return command.trim().slice(0, longestCommand)
}
