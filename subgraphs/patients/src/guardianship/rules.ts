import { ageAt, localDate } from '@vardgraf/time'

/** All that decides whether one person may act for one child. */
export interface GuardianPair {
  childBirthDate: string
  /** From this birthday the child decides, and is seen, alone, by her region's policy (`ownCareFromAge`). [R20, R23] */
  ownCareFromAge: number
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
 * Why the guardian may not act for or see the child at `now`, or null. One block in force is enough, whatever custodies there are.
 * The reason is for logs and tests only: told to the guardian it would reveal that the child exists, or that a unit keeps the child
 * safe from her. [R20, R23]
 */
export function guardianRefusal(
  { childBirthDate, ownCareFromAge, custodies, blocks }: GuardianPair,
  now: Date,
): GuardianRefusal | null {
  if (ageAt(childBirthDate, now) >= ownCareFromAge) return 'CHILD_DECIDES_ALONE'
  if (blocks.some((block) => inForce(block, now))) return 'GUARDIAN_BLOCKED'
  return custodies.some((custody) => inCustody(custody, localDate(now))) ? null : 'NO_CUSTODY'
}

export const mayActAsGuardian = (pair: GuardianPair, now: Date): boolean => guardianRefusal(pair, now) === null

const inCustody = ({ validFrom, validUntil }: Custody, today: string): boolean =>
  validFrom <= today && (validUntil === null || today <= validUntil)

const inForce = ({ validFrom, validUntil }: GuardianBlock, now: Date): boolean =>
  validFrom <= now && (validUntil === null || now < validUntil)
