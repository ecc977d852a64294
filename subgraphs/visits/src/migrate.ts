import { runMigration } from '@vardgraf/subgraph'
import { SCHEMA } from './database.js'

await runMigration(SCHEMA, new URL('../prisma', import.meta.url))
