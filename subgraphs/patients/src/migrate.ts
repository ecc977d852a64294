import { runMigration } from '@vardgraf/subgraph'
import { migration } from './migration.js'

await runMigration(migration)
