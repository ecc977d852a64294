import { loadPolicies } from '@vardgraf/policy'
import { runProcess } from '@vardgraf/process'
import { bootPlatform } from '@vardgraf/service'
import { startMessaging } from './app.js'
import { readConfig } from './config.js'
import { operatorSender } from './notifications/sms.js'
import { loadQuestionnaires } from './questionnaires/library.js'

await runProcess('messaging', async (log) => {
  const config = readConfig()
  const policies = loadPolicies(config.POLICY_DIR)
  const questionnaires = await loadQuestionnaires(config.QUESTIONNAIRE_DIR)
  const sms = operatorSender({
    url: config.SMS_OPERATOR_URL,
    user: config.SMS_OPERATOR_USER,
    password: config.SMS_OPERATOR_PASSWORD,
    sender: config.SMS_SENDER,
    timeoutMs: config.SMS_TIMEOUT_MS,
  })
  const platform = await bootPlatform('messaging', config, log)
  return startMessaging({ platform, config, policies, questionnaires, sms })
})
