import { policySettings } from '@vardgraf/policy'
import { subgraphSettings } from '@vardgraf/service'

/** The database holds nothing of billing's yet: it is where the access log is. */
export const billingSettings = { ...subgraphSettings, ...policySettings }
