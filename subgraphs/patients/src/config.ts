import { policySettings } from '@vardgraf/policy'
import { subgraphSettings } from '@vardgraf/service'
import type { z } from 'zod'

export const patientsSettings = {
  ...subgraphSettings,
  ...policySettings,
}
export type PatientsSettings = z.infer<z.ZodObject<typeof patientsSettings>>
