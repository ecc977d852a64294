import type { FactProviders } from '@vardgraf/access'
import type { Services } from '../context.js'
import { careUnitsByHsaId } from './loaders.js'

export const unitFacts = ({ db }: Services): FactProviders => ({
  unit: async (hsaIds) => {
    const rows = await careUnitsByHsaId(db, hsaIds)
    return rows.map(
      (row) => row && { hsaId: row.hsaId, name: row.name, kind: row.kind, region: row.region, selfBooking: row.selfBooking },
    )
  },
})
