import { localId, parseGlobalId } from '@vardgraf/relay'
import type { Context } from './context.js'
import { visibleVisit } from './permissions/visible.js'
import { CareCase, CareUnit, Patient } from './schema/neighbours.js'
import { toVisit, type Visit } from './schema/visit.js'

const stub =
  <T extends { id: string }>(type: string, make: () => T) =>
  ({ id }: { id: string }): T | null =>
    parseGlobalId(id)?.type === type ? Object.assign(make(), { id }) : null

/** Entities by their key. One that the viewer may not see is null, exactly as one that does not exist. [A7] */
export const references = {
  Visit: async ({ id }: { id: string }, ctx: Context): Promise<Visit | null> => {
    const row = await visibleVisit(ctx, localId(id, 'Visit'))
    return row && toVisit(row)
  },
  // Their owners say whether they exist; here is only what this subgraph adds to an id.
  Patient: stub('Patient', () => new Patient()),
  CareUnit: stub('CareUnit', () => new CareUnit()),
  CareCase: stub('CareCase', () => new CareCase()),
}
