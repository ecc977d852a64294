import { subgraphMigration } from '@vardgraf/service'
import { SCHEMA } from './database.js'

/** What this subgraph has in the database: a case's quarantine is lifted by deleting it. */
export const migration = subgraphMigration(SCHEMA, new URL('../prisma', import.meta.url), ['quarantined_review'])
