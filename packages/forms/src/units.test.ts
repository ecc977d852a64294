import { expect, it } from 'vitest'
import { answerErrorText } from './answer-errors.js'
import { quantity, unitLabel } from './units.js'

it.each([
  [1, 'wk', '1 vecka', '1 week'],
  [2, 'wk', '2 veckor', '2 weeks'],
  [0, 'wk', '0 veckor', '0 weeks'],
  [1.5, 'h', '1,5 timmar', '1.5 hours'],
  [1, 'd', '1 dag', '1 day'],
  [5, 'd', '5 dagar', '5 days'],
  [1, 'mo', '1 månad', '1 month'],
  [1, 'a', '1 år', '1 year'],
  [38.5, 'Cel', '38,5 °C', '38.5 °C'],
  [1, 'Cel', '1 °C', '1 °C'],
  [1, '{character}', '1 tecken', '1 character'],
  [3, null, '3', '3'],
] as const)('[R30] %d of the unit %s is written %s, and %s', (value, unit, sv, en) => {
  expect([quantity(value, unit, 'sv'), quantity(value, unit, 'en')]).toEqual([sv, en])
})

it('[R30] a unit beside an empty field is in the language of the reader', () => {
  expect([unitLabel('d', 'sv'), unitLabel('d', 'en'), unitLabel('Cel', 'en')]).toEqual(['dagar', 'days', '°C'])
})

it('[R30] a limit is written with its unit', () => {
  expect(answerErrorText('TOO_LONG', 1, 'en')).toBe('The text is too long: at most 1 character.')
  expect(answerErrorText('TOO_LONG', 2000, 'sv')).toMatch(/^Texten är för lång: högst 2\s000 tecken\.$/)
  expect(answerErrorText('TOO_LOW', 34, 'en')).toBe('The value is too low: at least 34.')
})
