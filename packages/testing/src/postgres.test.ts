import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { startPostgres } from './postgres.js'

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  return (await client.query(sql).finally(() => client.end())).rows
}

describe('startPostgres', () => {
  it('gives each caller an empty database of its own in one PostgreSQL 18', async () => {
    const [one, two] = await Promise.all([startPostgres(), startPostgres()])
    await query(one.url, 'CREATE TABLE mine (id int)')
    expect(await query(two.url, "SELECT to_regclass('mine') AS found")).toEqual([{ found: null }])
    expect(await query(one.url, "SELECT current_setting('server_version_num')::int / 10000 AS major")).toEqual([{ major: 18 }])
    await Promise.all([one.stop(), two.stop()])
  })

  it('sorts Swedish by name of the collation', async () => {
    const database = await startPostgres()
    const rows = await query(database.url, `SELECT x FROM unnest(ARRAY['Ö','Ä','Z','Å']) x ORDER BY x COLLATE "sv-x-icu"`)
    expect(rows.map((row) => (row as { x: string }).x)).toEqual(['Z', 'Å', 'Ä', 'Ö'])
    await database.stop()
  })

  it('puts a schema first in the search path of its connection address', async () => {
    const database = await startPostgres()
    await query(database.url, 'CREATE SCHEMA visits; CREATE TABLE visits.visit (id int)')
    expect(await query(database.connectionUrl('visits'), "SELECT to_regclass('visit')::text AS found")).toEqual([
      { found: 'visit' },
    ])
    await database.stop()
  })
})
