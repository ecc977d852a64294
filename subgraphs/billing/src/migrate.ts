import { runMigration } from '@vardgraf/service'
import { migration } from './migration.js'

await runMigration(migration)
