import { expect, it } from 'vitest'
import { instructionsFor } from './texts.js'

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
