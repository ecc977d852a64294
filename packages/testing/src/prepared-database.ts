import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseServices, folders, type SubgraphName, subgraphNames } from '@vardgraf/manifest'
import { leaseServer, loadSandbox, migrateDatabase, root } from '@vardgraf/supervisor'
import { localDate } from '@vardgraf/time'
import { Client } from 'pg'
import { createDatabase, type TestDatabase, testLogins } from './postgres.js'

/** A database that is made once for the same code and day; tests get copies of it. */
interface Template {
  name: string
  /** Folders whose content decides how it looks, from the repository's root. */
  sources: string[]
  /** Fills an empty database. */
  prepare(ownerUrl: string): Promise<unknown>
}

const prismaOf = (subgraph: SubgraphName): string => `${folders[subgraph]}/prisma`
const builtPackages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/dist`)
const writtenPackages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/src`)

/** Every subgraph's tables and the sandbox's people and units, by the programs that `npm start` runs. */
const platform: Template = {
  name: 'platform',
  sources: [...builtPackages, 'sandbox/dist', ...subgraphNames.flatMap((name) => [prismaOf(name), `${folders[name]}/dist`])],
  prepare: async (ownerUrl) => {
    const logs = mkdtempSync(join(tmpdir(), 'vardgraf-prepare-'))
    await migrateDatabase(ownerUrl, logs)
    await loadSandbox(await testLogins(ownerUrl, databaseServices), logs)
    rmSync(logs, { recursive: true })
  },
}

/** A copy, in about 100 ms, of a database with every subgraph's tables and the sandbox's people and units. */
export function startPreparedPostgres(): Promise<TestDatabase> {
  return startCopy(platform)
}

/** The same of a database with one subgraph's tables. `prepare` migrates it, and loads what each of the subgraph's tests needs. */
export function startSubgraphPostgres(subgraph: SubgraphName, prepare: Template['prepare']): Promise<TestDatabase> {
  return startCopy({ name: subgraph, sources: [...writtenPackages, prismaOf(subgraph), `${folders[subgraph]}/src`], prepare })
}

/** Makes a prepared database of this name, with all tables and the sandbox's people, on a server that has none. */
export const preparePlatform = (serverUrl: string, name: string): Promise<void> => prepareOnce(serverUrl, name, platform.prepare)

async function startCopy(template: Template): Promise<TestDatabase> {
  const server = await leaseServer()
  const name = `prepared_${template.name}_${fingerprint(template.sources)}`
  await prepareOnce(server.url, name, template.prepare)
  return createDatabase(server, name)
}

async function prepareOnce(serverUrl: string, name: string, prepare: Template['prepare']): Promise<void> {
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const exists = async (): Promise<boolean> =>
      (await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).rowCount !== 0
    if (await exists()) return
    // Whoever comes first prepares; the others wait for the lock, which goes with the connection.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name])
    if (await exists()) return
    const half = `${name}_half`
    await client.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${half} STRATEGY file_copy`)
    await prepare(serverUrl.replace(/\/[^/]*$/, `/${half}`))
    await client.query(`ALTER DATABASE ${half} RENAME TO ${name}`)
  } finally {
    await client.end()
  }
}

const fingerprints = new Map<string, string>()

/** Of the day and the content of folders; looked up once a process. */
function fingerprint(sources: readonly string[]): string {
  const key = sources.join()
  const known = fingerprints.get(key)
  if (known) return known
  const hash = createHash('sha256').update(localDate(new Date()))
  for (const source of sources) {
    const folder = join(root, source)
    if (!existsSync(folder)) continue
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(js|ts|sql|prisma)$/.test(entry.name) || /\.test\.|\.d\.ts$/.test(entry.name)) continue
      const file = join(entry.parentPath, entry.name)
      hash.update(file).update(readFileSync(file))
    }
  }
  const made = hash.digest('hex').slice(0, 16)
  fingerprints.set(key, made)
  return made
}
