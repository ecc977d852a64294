import { fileURLToPath } from 'node:url'
import { createLogger, readSettings } from '@vardgraf/process'
import { migrate, migrateShared, subgraphSettings } from '@vardgraf/subgraph'
import { SCHEMA } from './database.js'

const { DATABASE_URL, LOG_LEVEL } = readSettings({
  DATABASE_URL: subgraphSettings.DATABASE_URL,
  LOG_LEVEL: subgraphSettings.LOG_LEVEL,
})
await migrateShared(DATABASE_URL)
const applied = await migrate(DATABASE_URL, SCHEMA, fileURLToPath(new URL('../prisma', import.meta.url)))
createLogger(SCHEMA, LOG_LEVEL).info({ applied }, 'migrated')
// A timer of the engine's, for taking its lock, would keep the process for ten more seconds.
process.exit()
