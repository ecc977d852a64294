import { quantity, unitLabel } from '@vardgraf/forms'
import { expect, it } from 'vitest'
import { answerErrorText, instructionsFor } from './texts.js'

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

it.each([
  ['UNIT', null, 'Vårdcentralen svarar i chatten.', 'The health centre answers in the chat.'],
  [
    'UNIT',
    '2026-11-24T08:00:00+01:00',
    'Vårdcentralen svarar i chatten när den öppnar, tisdag 24 november kl. 08:00.',
    'The health centre answers in the chat when it opens, Tuesday 24 November at 08:00.',
  ],
  ['NURSE_LINE_1177', null, 'En sjuksköterska på 1177 svarar i chatten.', 'A nurse at 1177 answers in the chat.'],
  [
    'NURSE_LINE_1177',
    '2026-07-04T08:00:00+02:00',
    'En sjuksköterska på 1177 svarar i chatten när 1177 öppnar, lördag 4 juli kl. 08:00.',
    'A nurse at 1177 answers in the chat when 1177 opens, Saturday 4 July at 08:00.',
  ],
] as const)('[R27, R31] %s from %s: %s', (by, opens, sv, en) => {
  const answering = { by, opensAt: opens && new Date(opens) }
  // Triage calls for the health centre; who answers is who does at that hour.
  expect(instructionsFor('HEALTH_CENTRE', answering, 'sv')).toBe(
    `${sv} Du får ett sms när svaret finns. Ring 112 om det blir akut.`,
  )
  expect(instructionsFor('NURSE_LINE_1177', answering, 'en')).toBe(
    `${en} You get an SMS when there is an answer. Call 112 in an emergency.`,
  )
  expect(instructionsFor('CALL_112', answering, 'sv')).toMatch(/^Ring 112 nu\./)
})
