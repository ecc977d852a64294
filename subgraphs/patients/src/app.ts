import { loadPolicies } from '@vardgraf/policy'
import type { Logger } from '@vardgraf/process'
import { bootPlatform, type Platform, type RunningSubgraph, serveSubgraph } from '@vardgraf/service'
import type { PatientsSettings } from './config.js'
import { type Context, contextOf, type Services } from './context.js'
import { connectDatabase } from './database.js'
import { features } from './features.js'

/** Boots the subgraph in a process of its own. */
export async function startPatients(settings: PatientsSettings, log: Logger): Promise<RunningSubgraph> {
  return servePatients(await bootPlatform('patients', settings, log), settings)
}

/** Wires the subgraph over what is already open, and serves it. */
export async function servePatients(platform: Platform, settings: PatientsSettings): Promise<RunningSubgraph> {
  const services: Services = {
    platform,
    db: connectDatabase(platform.pool),
    policies: loadPolicies(settings.POLICY_DIR),
  }
  return serveSubgraph<Context, Services>({ platform, services, features, context: contextOf(services) })
}
