import { runProcess } from '@vardgraf/process'
import { startSandbox } from './app.js'
import { readConfig } from './config.js'
import { refuseProduction } from './production.js'

await runProcess('sandbox', async (log) => {
  refuseProduction()
  return startSandbox(readConfig(), log)
})
