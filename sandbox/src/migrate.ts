import { runMigration } from '@vardgraf/subgraph'
import { migration } from './database.js'

await runMigration(migration)
