import { subgraphMigration } from '@vardgraf/service'
import { SCHEMA } from './database.js'

/** What this subgraph has in the database. */
export const migration = subgraphMigration(SCHEMA, new URL('../prisma', import.meta.url))
