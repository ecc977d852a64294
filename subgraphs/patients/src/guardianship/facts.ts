import type { FactProviders } from '@vardgraf/access'
import type { Services } from '../context.js'
import { guardiansByChild } from './loaders.js'
import { mayActAsGuardian } from './rules.js'

/** Both facts are asked by the children: two statements, however many keys. */
export const guardianshipFacts = ({ db, platform, policies }: Services): FactProviders => ({
  guardianship: async (pairs) => {
    const childIds = pairs.map((pair) => pair.childId)
    const guardians = await guardiansByChild(db, childIds)
    const now = platform.clock.now()
    return pairs.map(({ guardianId }, index) =>
      (guardians[index] ?? []).some((pair) => pair.guardianId === guardianId && mayActAsGuardian(pair, policies, now)),
    )
  },
  guardians: async (childIds) => {
    const guardians = await guardiansByChild(db, childIds)
    const now = platform.clock.now()
    return guardians.map((ofChild) =>
      ofChild.filter((pair) => mayActAsGuardian(pair, policies, now)).map((pair) => pair.guardianId),
    )
  },
})
