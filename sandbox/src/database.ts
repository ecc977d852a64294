import type { Migration } from '@vardgraf/service'
import { localDate } from '@vardgraf/time'
import pg from 'pg'

/** The sandbox's own tables: few and simple enough for no migrations. */
const schema = `
  CREATE SCHEMA IF NOT EXISTS sandbox;
  CREATE TABLE IF NOT EXISTS sandbox.clock (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    version integer NOT NULL,
    offset_ms bigint NOT NULL,
    frozen_at timestamptz
  );
  CREATE TABLE IF NOT EXISTS sandbox.sms (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number text NOT NULL,
    sender text NOT NULL,
    message text NOT NULL,
    sent_at timestamptz NOT NULL
  );
  CREATE INDEX IF NOT EXISTS sms_number ON sandbox.sms (number, position);
  CREATE TABLE IF NOT EXISTS sandbox.loaded (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    loaded_on date NOT NULL
  );
  ALTER TABLE sandbox.loaded ADD COLUMN IF NOT EXISTS register text;`

/** What the sandbox has in the database. */
export const migration: Migration = {
  service: 'sandbox',
  schema: 'sandbox',
  apply: async (ownerUrl) => {
    const client = new pg.Client({ connectionString: ownerUrl })
    await client.connect()
    try {
      // Two processes that start together would both try to create the tables.
      await client.query('SELECT pg_advisory_lock(4005)')
      await client.query(schema)
      return []
    } finally {
      await client.end()
    }
  },
}

/** The day on which the test persons' birth dates are counted: the real day of the first load. `YYYY-MM-DD` */
export async function loadedOn(database: pg.Pool | pg.Client): Promise<string> {
  await database.query('INSERT INTO sandbox.loaded (loaded_on) VALUES ($1) ON CONFLICT DO NOTHING', [localDate(new Date())])
  const { rows } = await database.query<{ day: string }>('SELECT loaded_on::text AS day FROM sandbox.loaded')
  return rows[0]?.day ?? localDate(new Date())
}
