import type { Policies } from '@vardgraf/policy'
import { type Platform, type RunningSubgraph, serveSubgraph } from '@vardgraf/service'
import { type Context, contextOf } from './context.js'
import { connectDatabase } from './database.js'
import { visitFacts } from './facts.js'
import { features } from './features.js'

/** Wires the subgraph and serves it: read this first. */
export async function startVisits(platform: Platform, policies: Policies): Promise<RunningSubgraph> {
  const db = connectDatabase(platform.pool)
  return serveSubgraph<Context, object>({
    platform,
    services: {},
    context: contextOf(platform, db, policies),
    features: [{ ...features[0], facts: () => visitFacts(db, platform.pool, platform.clock) }],
  })
}
