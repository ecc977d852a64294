/** A personal identity number (personnummer) or co-ordination number (samordningsnummer) that is right in form. */
export interface PersonalIdentityNumber {
  /** All 12 digits, without separator. */
  digits: string
  /** `YYYY-MM-DD`, also for a co-ordination number. */
  birthDate: string
  /** A co-ordination number has 60 added to the day of birth. */
  coordination: boolean
}

const COORDINATION_DAY_OFFSET = 60

/** Reads 12 digits; null when the date does not exist or the check digit is wrong. */
export function parsePersonalIdentityNumber(text: string): PersonalIdentityNumber | null {
  const parts = /^(\d{4})(\d{2})(\d{2})\d{4}$/.exec(text)
  if (!parts) return null
  const [year, month, written] = parts.slice(1).map(Number) as [number, number, number]
  const coordination = written > COORDINATION_DAY_OFFSET
  const day = coordination ? written - COORDINATION_DAY_OFFSET : written
  const birthDate = existingDate(year, month, day)
  if (birthDate === null || checkDigit(text.slice(2, 11)) !== Number(text[11])) return null
  return { digits: text, birthDate, coordination }
}

/** The Luhn check digit of the nine digits `YYMMDDNNN`; the century does not count. */
export function checkDigit(nineDigits: string): number {
  let sum = 0
  for (const [index, digit] of [...nineDigits].entries()) {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1)
    sum += product > 9 ? product - 9 : product
  }
  return (10 - (sum % 10)) % 10
}

function existingDate(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : null
}

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
