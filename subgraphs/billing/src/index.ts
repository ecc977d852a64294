import { loadPolicies } from '@vardgraf/policy'
import { readSettings, runProcess } from '@vardgraf/process'
import { bootPlatform } from '@vardgraf/service'
import { startBilling } from './app.js'
import { billingSettings } from './config.js'

await runProcess('billing', async (log) => {
  const settings = readSettings(billingSettings)
  const policies = loadPolicies(settings.POLICY_DIR)
  return startBilling(await bootPlatform('billing', settings, log), policies)
})
