import { Client } from 'pg'

/** Reads what the processes have stored; the graph does not show it. */
export async function openDatabase(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  return {
    rows: async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
      (await client.query<T>(sql, values)).rows,
    close: () => client.end(),
  }
}
export type Database = Awaited<ReturnType<typeof openDatabase>>
