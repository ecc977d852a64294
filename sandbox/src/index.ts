import { inProduction, runProcess, SettingsError } from '@vardgraf/process'
import { startSandbox } from './app.js'
import { readConfig } from './config.js'

await runProcess('sandbox', async (log) => {
  if (inProduction()) throw new SettingsError('the sandbox does not run in production (elsewhere say NODE_ENV=development)')
  return startSandbox(readConfig(), log)
})
