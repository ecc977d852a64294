import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readSettings, runTask, SettingsError, systemClock } from '@vardgraf/process'
import { subgraphSettings } from '@vardgraf/subgraph'
import { z } from 'zod'
import { connectDatabase, SCHEMA } from './database.js'
import { type SeedData, upsertRegister } from './store/seed.js'

export type { SeedData }

/** Loads units, persons, guardianships and staff into a migrated database. Safe to run again: rows are found by their ids. */
export async function seed(databaseUrl: string, data: SeedData, at: Date): Promise<void> {
  const db = connectDatabase(databaseUrl)
  await upsertRegister(db, data, at).finally(() => db.$disconnect())
}

/** `node dist/seed.js FILE` with DATABASE_URL in the environment. */
async function main(file: string | undefined): Promise<void> {
  if (file === undefined)
    throw new SettingsError('node dist/seed.js FILE: a JSON file with units, persons, guardianships and staff')
  const { DATABASE_URL } = readSettings({ DATABASE_URL: subgraphSettings.DATABASE_URL })
  await seed(DATABASE_URL, JSON.parse(readFileSync(file, 'utf8')), systemClock.now()).catch((error: unknown) => {
    throw error instanceof z.ZodError ? new SettingsError(`${file}:\n${z.prettifyError(error)}`) : error
  })
}

// `import.meta.main` came with Node 24: on the oldest that runs, nothing would be loaded.
if (process.argv[1] === fileURLToPath(import.meta.url))
  await runTask(SCHEMA, async (log) => {
    await main(process.argv[2])
    log.info('the register is loaded')
  })
