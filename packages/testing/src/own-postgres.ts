import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts, ownServer } from '@vardgraf/supervisor'
import { createDatabase, type TestDatabase } from './postgres.js'
import { preparePlatform } from './prepared-database.js'

const startMilliseconds = 30_000
/** The machine stays up, so that fsync adds nothing; what is committed must survive the server's death, so that commits are written. */
const settings = { fsync: 'off', synchronous_commit: 'on', max_connections: '300' }

/** A prepared database on a server that nobody else uses, so that it may be killed. */
export interface OwnPostgres extends TestDatabase {
  /** SIGKILL of the server; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again on the same port and data. */
  start(): Promise<void>
}

/** Takes about 10 s: the database is migrated and loaded anew. Ends with this process, however that ends. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'vardgraf-own-postgres-'))
  // PostgreSQL may run as another user than root.
  chmodSync(folder, 0o755)
  const [port = 0] = await freePorts(1)
  const task = { dataDir: join(folder, 'data'), port, settings }
  let server = await ownServer(task)
  await preparePlatform(server.url, 'prepared')
  const database = await createDatabase({ url: server.url, release: () => {} }, 'prepared')

  const start = async (): Promise<void> => {
    const deadline = performance.now() + startMilliseconds
    for (;;) {
      try {
        server = await ownServer(task)
        return
      } catch (error) {
        // Sessions of the killed server hold its memory until they notice.
        if (performance.now() > deadline) throw error
        await sleep(200)
      }
    }
  }
  return {
    ...database,
    start,
    kill: async () => {
      const ended = new Promise((resolve) => server.keeper.once('exit', resolve))
      process.kill(Number(readFileSync(join(task.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
      await ended
    },
    stop: async () => {
      await database.owner.end()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
