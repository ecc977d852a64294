// Ports of this machine, and which process listens on them. Needs no package and no build: scripts ask it from any Node 20.19.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'

const longestCommand = 90

/**
 * TCP ports that are free right now, all different.
 * @param {number} count
 */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)))
  const ports = servers.map((server) => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no free port')
    return address.port
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/**
 * Why this process cannot listen on the port: another one does (`TAKEN`), or this user may not (`FORBIDDEN`, below 1024); null when it is
 * free. Looks at both addresses of `localhost`: a process that listens on one of them would be reached in our place.
 * @param {number} port
 * @returns {Promise<'TAKEN' | 'FORBIDDEN' | null>}
 */
export async function obstacleAt(port) {
  for (const address of ['127.0.0.1', '::1']) {
    try {
      const server = await listen(port, address)
      await new Promise((resolve) => server.close(resolve))
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error)
      if (code === 'EADDRINUSE') return 'TAKEN'
      if (code === 'EACCES') return 'FORBIDDEN'
      // On a machine without IPv6 no process can listen there.
      if (address === '127.0.0.1') throw error
    }
  }
  return null
}

/**
 * @param {number} port
 * @param {string} address
 * @returns {Promise<import('node:net').Server>}
 */
async function listen(port, address = '127.0.0.1') {
  const server = createServer()
  await new Promise((resolve, reject) =>
    server.once('error', reject).listen({ port, host: address, ipv6Only: address.includes(':') }, () => resolve(null)),
  )
  return server
}

/**
 * The process that listens on a port, such as `python3 -m http.server (process 4711)`; null where it cannot be found out.
 * @param {number} port
 * @returns {string | null}
 */
export function listenerOf(port) {
  return asked(port, (pid) => `${nameOf(pid)} (process ${pid})`)
}

/**
 * The whole command of the process that listens on a port; null where it cannot be found out.
 * @param {number} port
 * @returns {string | null}
 */
export function commandAt(port) {
  return asked(port, commandOf)
}

/**
 * What is told of the process that listens on a port; null where it cannot be found out.
 * @param {number} port
 * @param {(pid: string) => string} tell
 * @returns {string | null}
 */
function asked(port, tell) {
  try {
    const pid = process.platform === 'linux' ? linuxListener(port) : lsofListener(port)
    return pid && tell(pid)
  } catch {
    return null
  }
}

/**
 * From the kernel's tables: the socket's inode, then who has it open.
 * @param {number} port
 */
function linuxListener(port) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const listening = '0A'
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
  const columns = rows.map((row) => row.trim().split(/\s+/))
  const inode = columns.find(([, local, , state]) => local?.endsWith(wanted) && state === listening)?.[9]
  if (!inode) return null
  return readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && has(pid, `socket:[${inode}]`)) ?? null
}

/**
 * @param {string} pid
 * @param {string} socket
 */
function has(pid, socket) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`) === socket)
  } catch {
    // Another user's process, or one that has just ended.
    return false
  }
}

/** @param {number} port */
function lsofListener(port) {
  const output = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return output.trim().split('\n')[0] || null
}

/** @param {string} pid */
const nameOf = (pid) => commandOf(pid).slice(0, longestCommand)

/** @param {string} pid */
function commandOf(pid) {
  const command =
    process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', pid], { encoding: 'utf8' })
  return command.trim()
}
