import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { BrokenDataFolder, PortTaken } from '../postgres/cluster.js'
import { alive } from '../postgres/lock.js'
import { type KeptServer, ownServer } from '../postgres/owned.js'
import type { StartSettings } from './settings.js'

const name = 'vardgraf'

/** Starts the embedded PostgreSQL on its data folder and gives the address of the platform's database, made when it is missing.
 *  @throws Error in words that say what to do. */
export async function startDatabase(settings: StartSettings): Promise<KeptServer & { databaseUrl: string }> {
  await endOrphan(settings.postgresFolder)
  const server = await ownServer({ dataDir: settings.postgresFolder, port: settings.postgresPort }).catch((error: unknown) => {
    if (error instanceof BrokenDataFolder) throw new Error(`${error.message}: run npm run reset to start with an empty one`)
    if (error instanceof PortTaken)
      throw new Error(`port ${error.port} (PostgreSQL) is taken: set ${settings.portVariables.postgres} to a free one`)
    throw error
  })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`)
  } finally {
    await client.end()
  }
  return { ...server, databaseUrl: server.url.replace(/\/postgres$/, `/${name}`) }
}

/** A server that lost its keeper and its supervisor at one blow still holds the folder and the port: nobody else will end it. */
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
