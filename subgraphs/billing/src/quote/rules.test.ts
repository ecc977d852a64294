import { loadPolicies } from '@vardgraf/policy'
import { describe, expect, it } from 'vitest'
import { chatQuote, visitQuote } from './rules.js'
import { isQuotable, visitFacts } from './visit-facts.js'

const policies = loadPolicies()
const told = {
  visit: { startsAt: '2026-12-01T10:00:00+01:00', channel: 'APP', profession: 'NURSE', visitTypeCode: 'FOLLOW_UP' },
  person: { birthDate: '1992-03-14' },
  unit: { kind: 'HEALTH_CENTRE' },
} as const
const facts = visitFacts(told)
const packOf = (region: string) => policies.policyFor(region, facts.at)

describe('the quote of a visit', () => {
  it('[R16] has the amount, the row that decided and its source', () => {
    expect(visitQuote(packOf('vastra-gotaland'), facts, 'en')).toEqual({
      amountOre: 5_000,
      missedAmountOre: 5_000,
      currency: 'SEK',
      reason: 'ORDINARY',
      explanation: 'The ordinary patient fee.',
      profession: 'NURSE',
      region: 'vastra-gotaland',
      feeTable: 'other-professions',
      validFrom: '2024-04-01',
      validTo: null,
      source: expect.stringMatching(/^Law or public guidance: Västra Götalandsregionen/),
    })
  })

  it.each(['APP', 'WEB', 'PHYSICAL'] as const)('[R16] is the same by %s', (channel) => {
    expect(visitQuote(packOf('vastmanland'), { ...facts, channel }, 'sv')).toMatchObject({
      amountOre: 20_000,
      reason: 'ORDINARY',
    })
  })

  it('[R19] tells what a free visit costs when it is missed', () => {
    const child = visitFacts({ ...told, person: { birthDate: '2020-01-01' } })
    expect(visitQuote(packOf('vastmanland'), child, 'sv')).toMatchObject({
      amountOre: 0,
      missedAmountOre: 30_000,
      reason: 'FREE_BY_AGE',
      explanation: 'Besöket är avgiftsfritt på grund av patientens ålder.',
    })
  })

  it('is none rather than a wrong one for a profession that the fee tables do not know', () => {
    expect(() => visitFacts({ ...told, visit: { ...told.visit, profession: 'ASTROLOGER' } })).toThrow('ASTROLOGER')
  })

  it.each([
    ['BOOKED', true],
    ['FULFILLED', true],
    ['CANCELLED', false],
    ['NO_SHOW', false],
  ])('is given for a visit that is %s: %s', (status, given) => {
    expect(isQuotable({ status })).toBe(given)
  })
})

describe('the quote of a chat', () => {
  it.each(policies.regions)('[R37] in %s is nothing, with the reason and the source', (region) => {
    expect(chatQuote(packOf(region), 'sv')).toMatchObject({
      amountOre: 0,
      missedAmountOre: null,
      reason: 'FREE_CHAT',
      explanation: 'Chatten är kostnadsfri.',
      source: expect.stringMatching(/^(Published|Decided for this service): /),
    })
  })
})
