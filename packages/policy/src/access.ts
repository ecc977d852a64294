import { GraphError } from '@vardgraf/errors'
import { DAY_MS } from '@vardgraf/time'
import type { Policies } from './load.js'
import type { Policy } from './pack.js'

/** The instant from which visits and ended cases still give a unit a care relation; that instant included. [A1] */
export const careRelationSince = ({ access }: Pick<Policy, 'access'>, now: Date): Date =>
  new Date(now.getTime() - access.careRelationDays.value * DAY_MS)

/** The same of every region. `elsewhere` is for a thing of a region without a policy: the latest of all, so that nobody sees it for longer than anywhere. */
export interface CareRelations {
  byRegion: ReadonlyMap<string, Date>
  elsewhere: Date
}

/** From when the units of each region still have a care relation. Where no policy at all is in force, nothing that has ended gives one. [A1] */
export function careRelationsSince(policies: Policies, now: Date): CareRelations {
  const byRegion = new Map([...policiesAt(policies, now)].map(([region, policy]) => [region, careRelationSince(policy, now)]))
  const elsewhere = byRegion.size === 0 ? now : new Date(Math.max(...[...byRegion.values()].map((since) => since.getTime())))
  return { byRegion, elsewhere }
}

/** The instant that counts for a thing of a region. */
export const sinceIn = ({ byRegion, elsewhere }: CareRelations, region: string): Date => byRegion.get(region) ?? elsewhere

/**
 * From which birthday somebody of a region has care of her own. Where her region is unknown, or has no policy in force, it is the
 * lowest age of all regions: rather too early alone than seen by a guardian who may not. [R20, R23]
 * @throws Error when no policy at all is in force.
 */
export function ownCareFromAge(policies: Policies, region: string | null, now: Date): number {
  const known = policiesAt(policies, now)
  const own = region === null ? undefined : known.get(region)
  if (own) return own.access.ownCareFromAge.value
  if (known.size === 0) throw new Error('no policy is in force: from which age somebody has care of her own is unknown')
  return Math.min(...[...known.values()].map(({ access }) => access.ownCareFromAge.value))
}

/** The policies in force at an instant, by region. */
function policiesAt(policies: Policies, now: Date): ReadonlyMap<string, Policy> {
  return new Map(
    policies.regions.flatMap((region) => {
      try {
        return [[region, policies.policyFor(region, now)] as const]
      } catch (error) {
        if (error instanceof GraphError && error.code === 'POLICY_NOT_IN_FORCE') return []
        throw error
      }
    }),
  )
}
