import { loadPolicies } from '@vardgraf/policy'
import { type Logger, SettingsError } from '@vardgraf/process'
import { bootPlatform, type RunningSubgraph, type SchemaDefinition, serveSubgraph } from '@vardgraf/subgraph'
import type { PatientsSettings } from './config.js'
import { type Context, createContext } from './context.js'
import { factsOf } from './facts/index.js'
import { permissions } from './permissions/index.js'
import { principalsOf } from './principals.js'
import { references } from './references/index.js'
import { CareUnitResolver } from './resolvers/care-unit.js'
import { ErrorCodeResolver } from './resolvers/error-codes.js'
import { NodeResolver } from './resolvers/node.js'
import { PatientResolver } from './resolvers/patient.js'
import { StaffResolver } from './resolvers/staff.js'
import { ViewerResolver } from './resolvers/viewer.js'
import { stubs } from './schema/stubs.js'
import { connectDatabase } from './database.js'

/** The schema of the subgraph: what it answers, and to whom. */
export const definition: SchemaDefinition<Context> = {
  resolvers: [ViewerResolver, PatientResolver, StaffResolver, CareUnitResolver, NodeResolver, ErrorCodeResolver],
  orphanedTypes: Object.values(stubs),
  references,
  permissions,
}

/** Wires the subgraph and serves it. */
export async function startPatients(settings: PatientsSettings, log: Logger): Promise<RunningSubgraph> {
  const policies = loadPolicies(settings.POLICY_DIR)
  if (!policies.regions.includes(settings.DEFAULT_REGION)) throw new SettingsError(`DEFAULT_REGION: there is no policy pack for ${settings.DEFAULT_REGION}`)
  const platform = await bootPlatform('patients', settings, log)
  const db = connectDatabase(platform.pool)
  const now = (): Date => platform.clock.now()
  return serveSubgraph({
    ...definition,
    platform,
    context: (base) => createContext(base, db, policies),
    facts: factsOf(db, now),
    internal: { principals: principalsOf(db, settings.DEFAULT_REGION, now) },
  })
}
