import { localId, localKey } from '@vardgraf/relay'
import { type CareUnit, toCareUnit } from './care-unit/schema.js'
import type { Context } from './context.js'
import { visiblePatient } from './patient/access.js'
import type { Patient } from './patient/schema.js'
import { type Staff, toStaff } from './staff/schema.js'

interface Reference {
  id: string
}

/** Entities by global id, for other subgraphs and `Query.node`; null for what the viewer may not see. */
export const references = {
  Patient: ({ id }: Reference, ctx: Context): Promise<Patient | null> => visiblePatient(ctx, localId(id, 'Patient')),
  CareUnit: async ({ id }: Reference, ctx: Context): Promise<CareUnit | null> => {
    const hsaId = localKey(id, 'CareUnit')
    const row = hsaId === null ? null : await ctx.load.careUnits.load(hsaId)
    return row && toCareUnit(row)
  },
  Staff: async ({ id }: Reference, ctx: Context): Promise<Staff | null> => {
    const hsaId = ctx.viewer.kind === 'ANONYMOUS' ? null : localKey(id, 'Staff')
    const row = hsaId === null ? null : await ctx.load.staff.load(hsaId)
    return row && toStaff(row)
  },
} as const
