/** Serials reserved for test persons: no living person has one of these. */
const firstSerial = 980
const lastSerial = 999

/** A personal identity number (personnummer) of an invented person: 12 digits with the right check digit.
 *  @throws RangeError when the serial is outside 980–999. */
export function inventedNumber(birthDate: string, serial: number): string {
  if (serial < firstSerial || serial > lastSerial) throw new RangeError(`serial ${serial} may belong to a living person`)
  const digits = birthDate.replaceAll('-', '') + serial
  return digits + luhnDigit(digits.slice(2))
}

/** A co-ordination number (samordningsnummer): 60 is added to the day. */
export function inventedCoordinationNumber(birthDate: string, serial: number): string {
  const [year, month, day] = birthDate.split('-')
  return inventedNumber(`${year}-${month}-${Number(day) + 60}`, serial)
}

/** The digit that makes the sum of the digits, every other doubled, a multiple of ten. */
export function luhnDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10
}
