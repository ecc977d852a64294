import type { Policies } from '@vardgraf/policy'
import { type Platform, type RunningSubgraph, serveSubgraph } from '@vardgraf/service'
import { contextOf, type Services } from './context.js'
import { features } from './features.js'

/**
 * Wires the subgraph and serves it: read this first.
 *
 * What a visit or a chat costs is worked out when it is asked, from the region's policy pack and from facts of the visit, the unit
 * and the patient, each asked of its owner. Nothing is stored: charges, invoices and the high-cost cap come with their own tables.
 */
export function startBilling(platform: Platform, policies: Policies): Promise<RunningSubgraph> {
  const services: Services = { policies }
  return serveSubgraph({ platform, services, features, context: contextOf(services) })
}
