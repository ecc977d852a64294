import { policySettings } from '@vardgraf/policy'
import { integer, readSettings } from '@vardgraf/process'
import { subgraphSettings } from '@vardgraf/service'
import { smsSettings } from './notifications/sms.js'
import { triageSettings } from './questionnaires/config.js'

/** @throws SettingsError naming every variable that is missing or wrong. */
export const readConfig = () =>
  readSettings({
    ...subgraphSettings,
    ...policySettings,
    ...triageSettings,
    ...smsSettings,
    /** How often the waiting rooms are looked through for cases to route, warn about or let overflow. */
    SWEEP_EVERY_MS: integer(5_000, 100, 60_000),
    /** How often SMS are looked for that rest in the queue without a job. */
    SMS_REQUEUE_EVERY_MS: integer(30_000, 100, 600_000),
  })
