import { policySettings } from '@vardgraf/policy'
import { readSettings } from '@vardgraf/process'
import { subgraphSettings } from '@vardgraf/service'

/** @throws SettingsError naming every variable that is missing or wrong. */
export const readConfig = () => readSettings({ ...subgraphSettings, ...policySettings })
