import { loadPolicies } from '@vardgraf/policy'
import { runProcess } from '@vardgraf/process'
import { bootPlatform } from '@vardgraf/service'
import { startVisits } from './app.js'
import { readConfig } from './config.js'

await runProcess('visits', async (log) => {
  const config = readConfig()
  const policies = loadPolicies(config.POLICY_DIR)
  return startVisits(await bootPlatform('visits', config, log), policies)
})
