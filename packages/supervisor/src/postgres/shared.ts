import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../ports.mjs'
import { alive, locked } from './lock.js'
import { startKeeper } from './owned.js'

const folder = join(tmpdir(), `vardgraf-test-postgres-${process.getuid?.() ?? 'user'}`)
/** Test data need not survive a power cut: an order of magnitude faster. Statements are counted, for tests that say how many there may be. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '600',
  max_wal_size: '2GB',
  shared_preload_libraries: 'pg_stat_statements',
}

/**
 * The address of one throw-away PostgreSQL server shared by every test process of this user on this machine. The first
 * starts it; it is stopped and its data removed half a minute after the last process that leased it has ended. A server that lost its keeper is replaced.
 */
export async function leaseServer(): Promise<{ url: string; release(): void }> {
  const lease = join(folder, `lease-${process.pid}-${crypto.randomUUID()}`)
  const url = await locked(folder, async () => {
    const running = current()
    writeFileSync(lease, '')
    if (running) return running
    await clearAway()
    const dataDir = join(folder, `data-${process.pid}-${Math.floor(performance.timeOrigin + performance.now())}`)
    const [port = 0] = await freePorts(1)
    const { keeper, url } = await startKeeper({ dataDir, port, settings, shared: { folder } })
    keeper.unref()
    keeper.disconnect()
    return url
  })
  return { url, release: () => rmSync(lease, { force: true }) }
}

function current(): string | null {
  try {
    const { keeper, url } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { keeper: number; url: string }
    return alive(keeper) ? url : null
  } catch {
    return null
  }
}

/** Stops the server that a killed keeper left, and removes its data. */
async function clearAway(): Promise<void> {
  rmSync(join(folder, 'server.json'), { force: true })
  for (const name of readdirSync(folder).filter((name) => name.startsWith('data-'))) {
    const left = join(folder, name)
    const pid = postmasterOf(left)
    if (pid && alive(pid)) process.kill(pid, 'SIGQUIT')
    for (let tries = 0; pid && alive(pid) && tries < 100; tries++) await sleep(20)
    rmSync(left, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

/** The server's process id from its lock file, if that process is still this folder's server. */
function postmasterOf(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir) ? pid : null
  } catch {
    return null
  }
}
