import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Cluster, type ClusterOptions, PortTaken, startCluster } from './cluster.js'
import { alive, locked } from './lock.js'

/**
 * Runs a PostgreSQL server and makes sure that it is stopped:
 * - owned (`npm start`): when the supervisor asks for it, or when the supervisor has ended for any reason;
 * - shared (tests): when no user is left. Each leaves a lease file named by its process id. The data is removed too.
 * Takes its task as JSON in the first argument; answers over IPC with `{ url }` or `{ error, port }`.
 */
export type Task = ClusterOptions & { shared?: { folder: string } }

const lingerMilliseconds = 20_000
const lookMilliseconds = 500
let stopping = false

const task = JSON.parse(process.argv[2] ?? '{}') as Task
process.on('SIGINT', () => {})

try {
  const cluster = await startCluster(task)
  cluster.ended.then(() => stopping || process.exit(1))
  if (task.shared) keepShared(cluster, task.shared.folder)
  else keepOwned(cluster)
  process.send?.({ url: cluster.url })
} catch (error) {
  const failure = {
    name: (error as Error).name,
    message: (error as Error).message,
    ...(error instanceof PortTaken && { port: error.port }),
  }
  process.send?.({ failure }, () => process.exit(1))
}

function keepOwned(cluster: Cluster): void {
  const stop = (): void => {
    stopping = true
    cluster.stop().then(() => process.exit(0))
  }
  process.on('disconnect', stop)
  process.on('SIGTERM', stop)
}

function keepShared(cluster: Cluster, folder: string): void {
  writeFileSync(join(folder, 'server.json'), JSON.stringify({ keeper: process.pid, url: cluster.url }))
  process.on('disconnect', () => {})
  let unusedSince: number | null = null
  const end = async (): Promise<void> => {
    stopping = true
    clearInterval(timer)
    rmSync(join(folder, 'server.json'), { force: true })
    await cluster.stop()
    rmSync(task.dataDir, { recursive: true, force: true })
    rmSync(`${task.dataDir}.log`, { force: true })
  }
  // Under the lock no process can take the address of a server that is about to stop.
  const endIfUnused = () => locked(folder, async () => void (leases(folder).length === 0 && (await end())))
  const look = async (): Promise<void> => {
    if (stopping) return
    if (leases(folder).length > 0) unusedSince = null
    else unusedSince ??= performance.now()
    if (unusedSince !== null && performance.now() - unusedSince > lingerMilliseconds) await endIfUnused()
    if (stopping) process.exit(0)
  }
  const timer = setInterval(() => void look(), lookMilliseconds)
  process.on('SIGTERM', () => void end().then(() => process.exit(0)))
}

/** Users that still run; the leases of the others are removed. */
function leases(folder: string): string[] {
  if (!existsSync(folder)) return []
  const all = readdirSync(folder).filter((name) => name.startsWith('lease-'))
  return all.filter((name) => {
    if (alive(Number(name.split('-')[1]))) return true
    rmSync(join(folder, name), { force: true })
    return false
  })
}
