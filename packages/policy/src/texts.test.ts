import { describe, expect, it } from 'vitest'
import { textKeys } from './codes.js'
import { loadPolicies } from './load.js'
import { policyText } from './texts.js'

const policies = loadPolicies()
const pack = policies.policyFor('vastmanland', new Date('2026-11-22T12:00:00Z'))
const values = { url: 'https://www.1177.se/Vastra-Gotaland/', date: '2026-12-24', time: '08:00' }

describe('texts for people', () => {
  it('are in Swedish and in English, with the values in their places', () => {
    expect(policyText(pack, 'SMS_VISIT_BOOKED', 'sv', values)).toContain('2026-12-24 kl. 08:00')
    expect(policyText(pack, 'SMS_VISIT_BOOKED', 'en', values)).toContain('2026-12-24 at 08:00')
  })

  it('are never sent half filled in', () => {
    expect(() => policyText(pack, 'SMS_VISIT_BOOKED', 'sv', { url: values.url, date: values.date })).toThrow('{time}')
  })

  it.each(policies.regions)('[R34] an SMS in %s fits in one message of the GSM alphabet', (region) => {
    const pack = policies.policyFor(region, new Date('2026-11-22T12:00:00Z'))
    const messages = textKeys
      .filter((key) => key.startsWith('SMS_'))
      .flatMap((key) => (['sv', 'en'] as const).map((language) => policyText(pack, key, language, values)))
    for (const message of messages) expect(message).toMatch(/^[A-Za-zÅÄÖåäöÉéÜü0-9 .,:;!?'"()/+*=%&@_-]{1,160}$/)
  })
})
