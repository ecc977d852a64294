import { loadPolicies } from '@vardgraf/policy'
import type { Logger } from '@vardgraf/process'
import { bootPlatform, type Platform, type RunningSubgraph, serveSubgraph } from '@vardgraf/service'
import type { PatientsSettings } from './config.js'
import { createContext } from './context.js'
import { connectDatabase } from './database.js'
import { factsOf } from './facts.js'
import { features } from './features.js'
import { principalsOf } from './login/principals.js'

/** Boots the subgraph in a process of its own. */
export async function startPatients(settings: PatientsSettings, log: Logger): Promise<RunningSubgraph> {
  return servePatients(await bootPlatform('patients', settings, log), settings)
}

/** Wires the subgraph over what is already open, and serves it. */
export async function servePatients(platform: Platform, settings: PatientsSettings): Promise<RunningSubgraph> {
  const policies = loadPolicies(settings.POLICY_DIR)
  const db = connectDatabase(platform.pool)
  const now = (): Date => platform.clock.now()
  return serveSubgraph({
    platform,
    services: {},
    context: (base) => createContext(base, db, policies),
    features: [
      { ...features[0], facts: () => factsOf(db, now), internal: () => ({ principals: principalsOf(db, platform.log, now) }) },
    ],
  })
}
