import type { Policies } from '@vardgraf/policy'
import { type Platform, type RunningSubgraph, serveSubgraph } from '@vardgraf/service'
import { contextOf, type Services } from './context.js'
import { connectDatabase } from './database.js'
import { features } from './features.js'

/** Wires the subgraph and serves it: read this first. */
export function startVisits(platform: Platform, policies: Policies): Promise<RunningSubgraph> {
  const { pool, bus, clock } = platform
  const services: Services = { db: connectDatabase(pool), pool, bus, clock, policies }
  return serveSubgraph({ platform, services, features, context: contextOf(services) })
}
