import { readFileSync } from 'node:fs'
import { readSettings, runTask, SettingsError } from '@vardgraf/process'
import { subgraphSettings } from '@vardgraf/service'
import { z } from 'zod'
import { connectDatabase, type Db, SCHEMA } from '../database.js'

/** A program that takes a JSON file into the database: `node dist/<program>.js FILE` with DATABASE_URL in the environment. */
export const runLoader = (usage: string, done: string, load: (db: Db, data: never) => Promise<void>): Promise<void> =>
  runTask(SCHEMA, async (log) => {
    const file = process.argv[2]
    if (file === undefined) throw new SettingsError(usage)
    const { DATABASE_URL } = readSettings({ DATABASE_URL: subgraphSettings.DATABASE_URL })
    const data = JSON.parse(readFileSync(file, 'utf8')) as never
    await withDatabase(DATABASE_URL, (db) => load(db, data)).catch((error: unknown) => {
      if (error instanceof z.ZodError) throw new SettingsError(`${file}:\n${z.prettifyError(error)}`)
      throw error instanceof RangeError ? new SettingsError(`${file}: ${error.message}`) : error
    })
    log.info(done)
  })

/** Connections of its own for the length of the work. */
export async function withDatabase(databaseUrl: string, work: (db: Db) => Promise<void>): Promise<void> {
  const db = connectDatabase(databaseUrl)
  await work(db).finally(() => db.$disconnect())
}
