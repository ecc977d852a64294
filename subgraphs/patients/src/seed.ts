import { fileURLToPath } from 'node:url'
import { systemClock } from '@vardgraf/process'
import { runLoader, withDatabase } from './register/load-file.js'
import { type SeedData, upsertRegister } from './register/store.js'

export type { SeedData }

/** Loads units, persons, guardianships and staff into a migrated database. Safe to run again: rows are found by their ids. */
export const seed = (databaseUrl: string, data: SeedData, at: Date): Promise<void> =>
  withDatabase(databaseUrl, (db) => upsertRegister(db, data, at))

// `import.meta.main` came with Node 24: on the oldest that runs, nothing would be loaded.
if (process.argv[1] === fileURLToPath(import.meta.url))
  await runLoader(
    'node dist/seed.js FILE: a JSON file with units, persons, guardianships and staff',
    'the register is loaded',
    (db, data) => upsertRegister(db, data, systemClock.now()),
  )
