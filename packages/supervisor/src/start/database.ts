import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { BrokenDataFolder, PortTaken } from '../postgres/cluster.js'
import { alive } from '../postgres/lock.js'
import { type KeptServer, ownServer } from '../postgres/owned.js'
import { variableOf } from './ports.mjs'
import { tell } from './progress.js'
import type { StartSettings } from './settings.js'

const name = 'vardgraf'

const firstPauseMilliseconds = 1_000
const longestPauseMilliseconds = 15_000

/** The embedded PostgreSQL on its data folder, started again whenever it dies. */
export class EmbeddedDatabase {
  private server: KeptServer | undefined
  private stopping = false

  constructor(private readonly settings: StartSettings) {}

  /** Gives the address of the platform's database, made when it is missing.
   *  @throws Error that says what to do. */
  async start(): Promise<string> {
    await endOrphan(this.settings.postgresFolder)
    const { url } = await this.run()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
      if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`)
    } finally {
      await client.end()
    }
    return url.replace(/\/postgres$/, `/${name}`)
  }

  async stop(): Promise<void> {
    this.stopping = true
    await this.server?.stop()
  }

  private async run(): Promise<KeptServer> {
    const { postgresFolder: dataDir, postgresPort: port } = this.settings
    const server = await ownServer({ dataDir, port }).catch((error: unknown) => {
      if (error instanceof BrokenDataFolder) throw new Error(`${error.message}: run npm run reset to start with an empty one`)
      if (error instanceof PortTaken)
        throw new Error(`port ${port} (PostgreSQL) is taken: set ${variableOf('postgres')} to a free one`)
      throw error
    })
    server.keeper.once('exit', () => void this.revive())
    this.server = server
    return server
  }

  private async revive(pause = firstPauseMilliseconds): Promise<void> {
    if (this.stopping) return
    tell(`PostgreSQL ended; it is started again in ${pause / 1000} s (log: ${this.settings.postgresFolder}.log)`)
    await sleep(pause)
    if (this.stopping) return
    try {
      await this.run()
      tell('PostgreSQL is back')
    } catch (error) {
      tell((error as Error).message)
      await this.revive(Math.min(pause * 2, longestPauseMilliseconds))
    }
  }
}

/** Stops a server whose keeper and supervisor were both killed: it still holds the folder and the port. */
async function endOrphan(folder: string): Promise<void> {
  const pid = orphanOf(folder)
  if (!pid) return
  process.kill(pid, 'SIGINT')
  for (let tries = 0; alive(pid) && tries < 250; tries++) await sleep(20)
}

function orphanOf(folder: string): number | null {
  if (process.platform !== 'linux') return null
  try {
    const pid = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
    const isOurs = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
    const parent = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return isOurs && parent === '1' ? pid : null
  } catch {
    return null
  }
}
