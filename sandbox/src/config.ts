import { readSettings } from '@vardgraf/process'
import { subgraphSettings } from '@vardgraf/service'
import { z } from 'zod'

const settings = {
  ...subgraphSettings,
  /** Where clients reach the e-ID; must end in `/eid`. */
  SANDBOX_ISSUER: z.url().endsWith('/eid'),
  SANDBOX_SMS_USER: z.string().default('sandbox'),
  SANDBOX_SMS_PASSWORD: z.string().default('sandbox'),
}

export type SandboxSettings = ReturnType<typeof readConfig>

/** @throws SettingsError, also in production, where nothing of this may run. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env) => readSettings(settings, env)
