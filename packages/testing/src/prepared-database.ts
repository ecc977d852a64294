import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localDate } from '@vardgraf/process'
import { databaseServices, leaseServer, loadSandbox, migrateDatabase, root } from '@vardgraf/supervisor'
import { Client } from 'pg'
import { createDatabase, type TestDatabase, testLogins } from './postgres.js'

/** What decides how a prepared database looks. */
const sources = [
  'packages/events/dist',
  'packages/subgraph/dist',
  'sandbox/dist',
  ...['patients', 'visits', 'messaging', 'billing'].flatMap((name) => [`subgraphs/${name}/prisma`, `subgraphs/${name}/dist`]),
]

/**
 * A database with every subgraph's tables and the sandbox's people and units. Migrated and loaded once for the same code and day;
 * each caller gets a copy, in about 100 ms.
 */
export async function startPreparedPostgres(): Promise<TestDatabase> {
  const server = await leaseServer()
  const template = `prepared_${fingerprint()}`
  await prepareOnce(server.url, template)
  return createDatabase(server, template)
}

/** Makes the prepared database of this name on a server that has none. */
export async function prepareOnce(serverUrl: string, template: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    // Whoever comes first prepares; the others wait for the lock, which goes with the connection.
    await client.query('SELECT pg_advisory_lock(4000)')
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
    if (rowCount !== 0) return
    const half = `${template}_half`
    await client.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${half} STRATEGY file_copy`)
    await prepare(serverUrl.replace(/\/[^/]*$/, `/${half}`))
    await client.query(`ALTER DATABASE ${half} RENAME TO ${template}`)
  } finally {
    await client.end()
  }
}

async function prepare(databaseUrl: string): Promise<void> {
  const logs = mkdtempSync(join(tmpdir(), 'vardgraf-prepare-'))
  await migrateDatabase(databaseUrl, logs)
  await loadSandbox(await testLogins(databaseUrl, databaseServices), logs)
  rmSync(logs, { recursive: true })
}

function fingerprint(): string {
  const hash = createHash('sha256').update(localDate(new Date()))
  for (const source of sources) {
    const folder = join(root, source)
    if (!existsSync(folder)) continue
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(js|sql|prisma)$/.test(entry.name) || entry.name.includes('.test.')) continue
      const file = join(entry.parentPath, entry.name)
      hash.update(file).update(readFileSync(file))
    }
  }
  return hash.digest('hex').slice(0, 16)
}
