import { Client } from 'pg'
import { atRest } from './at-rest.js'

/** How often each statement ran in one database, by pg_stat_statements. */
export interface StatementCounter {
  /** Statements that ran since the last reset, without those of jobs, hints and locks, which come by themselves. */
  counted(): Promise<{ query: string; calls: number }[]>
  reset(): Promise<void>
  /** Resolves when what was appended or enqueued is done: its statements have run then. */
  atRest(): Promise<void>
  stop(): Promise<void>
}

/** Statements that no request causes: polling of jobs, wake-ups, heartbeats. */
const background = /pgboss|pg_notify|LISTEN|pg_stat|pg_advisory|^(BEGIN|COMMIT|ROLLBACK|DEALLOCATE|SET|SHOW)/i

export async function countStatements(databaseUrl: string): Promise<StatementCounter> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements')
  const own = '(SELECT oid FROM pg_database WHERE datname = current_database())'
  return {
    counted: async () => {
      const { rows } = await client.query<{ query: string; calls: number }>(
        `SELECT query, calls::int FROM pg_stat_statements WHERE dbid = ${own} AND toplevel ORDER BY calls DESC`,
      )
      return rows.filter(({ query }) => !background.test(query))
    },
    reset: async () => {
      await client.query(`SELECT pg_stat_statements_reset(0, ${own}, 0)`)
    },
    atRest: () => atRest(client),
    stop: () => client.end(),
  }
}
