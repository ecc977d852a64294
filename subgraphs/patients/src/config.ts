import { policySettings } from '@vardgraf/policy'
import { subgraphSettings } from '@vardgraf/subgraph'
import type { z } from 'zod'

export const patientsSettings = {
  ...subgraphSettings,
  ...policySettings,
}
export type PatientsSettings = z.infer<z.ZodObject<typeof patientsSettings>>
