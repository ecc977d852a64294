import type { FactProviders } from '@vardgraf/access'
import type { Services } from '../context.js'
import { personsById } from './loaders.js'

export const personFacts = ({ db }: Services): FactProviders => ({
  person: async (ids) => {
    const rows = await personsById(db, ids)
    return rows.map(
      (row) =>
        row && {
          id: row.id,
          birthDate: row.birthDate,
          protectedIdentity: row.protectedIdentity,
          listedUnitId: row.listedUnitId,
          region: row.region,
        },
    )
  },
})
