import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { atRest } from './at-rest.js'

/** The rows of a database at one instant, to be brought back. */
export interface KeptData {
  /**
   * Brings every table and sequence back to what was kept. Waits first until no event or job is due or under way.
   * @throws Error naming the queues that do not come to rest
   */
  restore(): Promise<void>
  /** Tables in which the number of rows is another than was kept. */
  changed(): Promise<string[]>
}

interface Table {
  name: string
  /** Columns that are stored as given; computed ones are not. */
  columns: string
  /** As JSON, in this process: a copy in the database would be found by tests that look through all tables. */
  rows: object[]
}

const retryMilliseconds = 50
const attempts = 20
/** Deadlock, and a lock that somebody else holds for too long: the work under way ends, and the next attempt succeeds. */
const passing = ['40P01', '55P03']

/** Reads every table of the database. By an owner who may switch triggers off. */
export async function keepData(owner: Pool): Promise<KeptData> {
  const tables: Table[] = []
  for (const { name, columns } of await tablesOf(owner)) {
    const { rows } = await owner.query<{ row: object }>(`SELECT to_jsonb(t) AS row FROM ONLY ${name} t`)
    tables.push({ name, columns, rows: rows.map(({ row }) => row) })
  }
  const { rows: sequences } = await owner.query<{ name: string; last: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) AS name, last_value AS last FROM pg_sequences WHERE last_value IS NOT NULL`,
  )
  return {
    changed: async () => {
      const { rows } = await owner.query<{ name: string; rows: string }>(
        tables.map(({ name }) => `SELECT '${name}' AS name, count(*) AS rows FROM ONLY ${name}`).join(' UNION ALL '),
      )
      return rows
        .filter((row) => Number(row.rows) !== tables.find(({ name }) => name === row.name)?.rows.length)
        .map(({ name }) => name)
    },
    restore: async () => {
      await atRest(owner)
      for (let attempt = 1; ; attempt++) {
        try {
          return await inTransaction(owner, async (client) => {
            await client.query("SET LOCAL lock_timeout = '1s'")
            // Neither "append only" nor the order of foreign keys stands in the way.
            await client.query('SET LOCAL session_replication_role = replica')
            await client.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY`)
            for (const { name, columns, rows } of tables) {
              const filled = `SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $1)`
              const insert = `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE ${filled}`
              if (rows.length > 0) await client.query(insert, [JSON.stringify(rows)])
            }
            for (const { name, last } of sequences) await client.query('SELECT setval($1, $2)', [name, last])
          })
        } catch (error) {
          if (attempt === attempts || !passing.includes((error as { code?: string }).code ?? '')) throw error
          await sleep(retryMilliseconds)
        }
      }
    },
  }
}

async function tablesOf(owner: Pool): Promise<{ name: string; columns: string }[]> {
  const { rows } = await owner.query<{ name: string; columns: string }>(
    `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name,
            string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relkind = 'r' AND n.nspname <> ALL ($1) GROUP BY 1, c.oid ORDER BY 1`,
    [['pg_catalog', 'information_schema']],
  )
  return rows
}

async function inTransaction(owner: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await owner.connect()
  try {
    await client.query('BEGIN')
    await work(client)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
