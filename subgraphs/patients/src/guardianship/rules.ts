import type { Policies } from '@vardgraf/policy'
import { ownCareFromAge } from '@vardgraf/policy/rules'
import { ageAt, localDate } from '@vardgraf/time'

/** All that decides whether one person may act for one child. */
export interface GuardianPair {
  childBirthDate: string
  /** Whose policy says from which age she has care of her own; null while her region is unknown. */
  childRegion: string | null
  /** In any order; overlapping ones are as one. */
  custodies: readonly Custody[]
  /** By any unit, lifted ones too. */
  blocks: readonly GuardianBlock[]
}

/** Custody of a child (vårdnad), as the register tells of it. */
export interface Custody {
  /** First day, `YYYY-MM-DD`. */
  validFrom: string
  /** Last day, that day included; null while nothing ends it. */
  validUntil: string | null
}

/** A unit keeps the guardian from the child. */
export interface GuardianBlock {
  validFrom: Date
  /** When it was lifted: from that instant it is not in force. Null while it is. */
  validUntil: Date | null
}

export type GuardianRefusal = 'CHILD_DECIDES_ALONE' | 'GUARDIAN_BLOCKED' | 'NO_CUSTODY'

/**
 * Why the guardian may not act for or see the child at `now`, or null. From the birthday that the policy of the child's region names (13 in
 * both regions) the young person decides, and is seen, alone; while her region is unknown, or has no policy in force, from the lowest age of
 * all regions. One block in force is enough, whatever custodies there are.
 * The reason is for logs and tests only: told to the guardian it would reveal that the child exists, or that a unit keeps the child
 * safe from her. [R20, R23]
 */
export function guardianRefusal(pair: GuardianPair, policies: Policies, now: Date): GuardianRefusal | null {
  const { childBirthDate, childRegion, custodies, blocks } = pair
  if (ageAt(childBirthDate, now) >= ownCareFromAge(policies, childRegion, now)) return 'CHILD_DECIDES_ALONE'
  if (blocks.some((block) => inForce(block, now))) return 'GUARDIAN_BLOCKED'
  return custodies.some((custody) => inCustody(custody, localDate(now))) ? null : 'NO_CUSTODY'
}

export const mayActAsGuardian = (pair: GuardianPair, policies: Policies, now: Date): boolean =>
  guardianRefusal(pair, policies, now) === null

const inCustody = ({ validFrom, validUntil }: Custody, today: string): boolean =>
  validFrom <= today && (validUntil === null || today <= validUntil)

const inForce = ({ validFrom, validUntil }: GuardianBlock, now: Date): boolean =>
  validFrom <= now && (validUntil === null || now < validUntil)
