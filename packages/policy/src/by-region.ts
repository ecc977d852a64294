import { careRelationSince } from './access.js'
import { type Policies, PolicyNotInForce } from './load.js'

/** One instant for each region, as two columns: what a statement needs to decide by the region of each row. */
export interface Sinces {
  regions: string[]
  sinces: Date[]
}

/** From when visits and ended cases still give a care relation at `now`, by region. A region whose policy is not in force yet gives none. [A1] */
export function careRelationSinces(policies: Policies, now: Date): Sinces {
  const byRegion = policies.regions.flatMap((region) => {
    const since = inForce(() => careRelationSince(policies.policyFor(region, now), now))
    return since ? [{ region, since }] : []
  })
  return { regions: byRegion.map(({ region }) => region), sinces: byRegion.map(({ since }) => since) }
}

function inForce<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof PolicyNotInForce) return null
    throw error
  }
}
