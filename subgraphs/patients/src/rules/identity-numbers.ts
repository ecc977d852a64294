import type { PersonalIdentityNumber } from './personal-identity-number.js'

/** What a login or the register tells of a person's numbers. */
export interface ToldNumbers {
  /** The one that she has now. */
  current: PersonalIdentityNumber
  /** Those that she had before it. */
  earlier: readonly PersonalIdentityNumber[]
}

/**
 * Whose the told numbers are: a number is one person's for ever, so whichever is known tells who she is. None known: somebody new.
 * Two persons: both were registered before anybody told that they are one; their cases are not to be mixed by a login or an import. [R28]
 */
export function personOf(held: readonly { personId: string }[]): { personId: string | null } | { twoPersons: string[] } {
  const [personId = null, ...others] = new Set(held.map((each) => each.personId))
  return others.length === 0 ? { personId } : { twoPersons: [personId ?? '', ...others] }
}

/** The told numbers by digits, in one order for everybody, so that two who write them at once wait for each other and never both. */
export const digitsOf = ({ current, earlier }: ToldNumbers): string[] =>
  [...new Set([current.digits, ...earlier.map((number) => number.digits)])].sort()
