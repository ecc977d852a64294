import type { FactProviders } from '@vardgraf/access'
import { careUnitsByHsaId } from './care-unit/loaders.js'
import type { Db } from './database.js'
import { guardiansOfChild } from './guardianship/loaders.js'
import { mayActAsGuardian } from './guardianship/rules.js'
import { contactsById, personsById } from './patient/loaders.js'

/** What other subgraphs ask before they decide: each fact is one or two statements, however many keys. */
export function factsOf(db: Db, now: () => Date): FactProviders {
  return {
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
    guardianship: async (pairs) => {
      const childIds = pairs.map((pair) => pair.childId)
      const guardians = await guardiansOfChild(db, childIds)
      return pairs.map(({ guardianId }, index) =>
        (guardians[index] ?? []).some((pair) => pair.guardianId === guardianId && mayActAsGuardian(pair, now())),
      )
    },
    guardians: async (childIds) => {
      const guardians = await guardiansOfChild(db, childIds)
      return guardians.map((ofChild) => ofChild.filter((pair) => mayActAsGuardian(pair, now())).map((pair) => pair.guardianId))
    },
    contact: async (ids) => {
      const [persons, contacts] = await Promise.all([personsById(db, ids), contactsById(db, ids)])
      return persons.map((person, index) => person && { phone: contacts[index]?.phone ?? null })
    },
    unit: async (hsaIds) => {
      const rows = await careUnitsByHsaId(db, hsaIds)
      return rows.map(
        (row) => row && { hsaId: row.hsaId, name: row.name, kind: row.kind, region: row.region, selfBooking: row.selfBooking },
      )
    },
  }
}
