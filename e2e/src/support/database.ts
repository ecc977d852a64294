import { Client } from 'pg'

/** Reads what the processes have stored; the graph does not show it. */
export async function openDatabase(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  const rows = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
    (await client.query<T>(sql, values)).rows
  return {
    rows,
    /** Several looks at one and the same moment. */
    transaction: async <T>(look: (read: typeof rows) => Promise<T>): Promise<T> => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      return look(rows).finally(() => client.query('COMMIT'))
    },
    close: () => client.end(),
  }
}
export type Database = Awaited<ReturnType<typeof openDatabase>>
