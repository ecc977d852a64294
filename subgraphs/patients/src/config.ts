import { policySettings } from '@vardgraf/policy'
import { subgraphSettings } from '@vardgraf/subgraph'
import { z } from 'zod'

export const patientsSettings = {
  ...subgraphSettings,
  ...policySettings,
  /** Region of a person who logs in for the first time and is in no register yet. */
  DEFAULT_REGION: z.string().min(1).default('vastmanland'),
}
export type PatientsSettings = z.infer<z.ZodObject<typeof patientsSettings>>
