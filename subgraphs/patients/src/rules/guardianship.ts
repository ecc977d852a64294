import { ageAt, localDate } from '@vardgraf/process/stockholm'

/** From this age a young person decides, and is seen, alone; a guardian acts up to and including the year before. [R20, R23] */
const OWN_CARE_FROM_AGE = 13

/** One guardian's custody of one child (vårdnad). */
export interface Custody {
  /** First day, `YYYY-MM-DD`. */
  validFrom: string
  /** Last day, that day included; null while nothing ends it. */
  validUntil: string | null
  /** A unit has blocked the guardian. */
  blocked: boolean
  childBirthDate: string
}

export type GuardianRefusal = 'CHILD_DECIDES_ALONE' | 'CUSTODY_NOT_BEGUN' | 'CUSTODY_ENDED' | 'GUARDIAN_BLOCKED'

/**
 * Why the guardian may not act for or see the child at `now`, or null. The reason is for logs and tests only:
 * told to the guardian it would reveal that the child exists, or that a unit keeps the child safe from her. [R20, R23]
 */
export function guardianRefusal(custody: Custody, now: Date): GuardianRefusal | null {
  if (ageAt(custody.childBirthDate, now) >= OWN_CARE_FROM_AGE) return 'CHILD_DECIDES_ALONE'
  const today = localDate(now)
  if (today < custody.validFrom) return 'CUSTODY_NOT_BEGUN'
  if (custody.validUntil !== null && today > custody.validUntil) return 'CUSTODY_ENDED'
  return custody.blocked ? 'GUARDIAN_BLOCKED' : null
}

export const mayActAsGuardian = (custody: Custody, now: Date): boolean => guardianRefusal(custody, now) === null
