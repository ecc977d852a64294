import { runProcess, SettingsError } from '@vardgraf/process'
import { startSandbox } from './app.js'
import { readConfig } from './config.js'

await runProcess('sandbox', async (log) => {
  if (process.env.NODE_ENV === 'production') throw new SettingsError('the sandbox does not run in production')
  return startSandbox(readConfig(), log)
})
