import { inProduction, runTask } from '@vardgraf/process'
import { runMigration } from '@vardgraf/service'
import { migration } from './database.js'
import { refuseProduction } from './production.js'

// A task of its own: it ends with one clear line before anything is connected to.
if (inProduction()) await runTask('sandbox', async () => refuseProduction())
else await runMigration(migration)
