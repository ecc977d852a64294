import { describe, expect, it } from 'vitest'
import { type Profession, professions, type VisitTypeCode, visitChannels } from './codes.js'
import { chatFee, type FeeFacts, fee, missedVisitFee } from './fees.js'
import { loadPolicies } from './load.js'

const policies = loadPolicies()
const at = new Date('2026-11-23T10:00:00+01:00')
const vgr = policies.policyFor('vastra-gotaland', at)
const vml = policies.policyFor('vastmanland', at)
const adult: FeeFacts = { profession: 'DOCTOR', channel: 'APP', visitType: 'FOLLOW_UP', birthDate: '1992-03-14', at }

describe('the fee of a visit', () => {
  it.each<[string, Profession, VisitTypeCode, number]>([
    ['vastra-gotaland', 'DOCTOR', 'FOLLOW_UP', 20_000],
    ['vastra-gotaland', 'NURSE', 'FOLLOW_UP', 5_000],
    ['vastmanland', 'DOCTOR', 'FOLLOW_UP', 20_000],
    ['vastmanland', 'NURSE', 'FOLLOW_UP', 20_000],
    ['vastmanland', 'NURSE', 'SPECIALIST', 34_000],
  ])('[R16] in %s with %s for %s is %i öre', (region, profession, visitType, amountOre) => {
    expect(fee(policies.policyFor(region, at), { ...adult, profession, visitType })).toMatchObject({
      amountOre,
      reason: 'ORDINARY',
    })
  })

  it.each(policies.regions)('[R16] in %s a digital visit costs what a physical one does', (region) => {
    const pack = policies.policyFor(region, at)
    for (const profession of professions) {
      const amounts = visitChannels
        .filter((c) => c !== 'PHONE')
        .map((channel) => fee(pack, { ...adult, profession, channel }).amountOre)
      expect(new Set(amounts).size).toBe(1)
    }
  })

  it.each([
    ['2006-11-24', 0, 'FREE_BY_AGE', '19, the day before the 20th birthday'],
    ['2006-11-23', 20_000, 'ORDINARY', 'the 20th birthday'],
    ['1941-11-24', 20_000, 'ORDINARY', '84, the day before the 85th birthday'],
    ['1941-11-23', 0, 'FREE_BY_AGE', 'the 85th birthday'],
  ])('[R16] for a person born %s is %i öre, %s: %s', (birthDate, amountOre, reason) => {
    for (const pack of [vgr, vml]) expect(fee(pack, { ...adult, birthDate })).toMatchObject({ amountOre, reason })
  })

  it('[R16] counts the age at the visit, in Stockholm', () => {
    const born = { ...adult, birthDate: '2006-11-23' }
    expect(fee(vml, { ...born, at: new Date('2026-11-22T22:59:59Z') }).amountOre).toBe(0)
    expect(fee(vml, { ...born, at: new Date('2026-11-22T23:00:00Z') }).amountOre).toBe(20_000)
  })

  it('[R16] takes the table at the date of the visit', () => {
    const row = { id: 'new', amountOre: 21_000, validFrom: '2027-01-01', source: '[D] test' }
    const old = { id: 'old', amountOre: 20_000, validFrom: '2024-01-01', validTo: '2026-12-31', source: '[D] test' }
    const pack = { ...vml, fees: { ...vml.fees, rows: [old, row] } }
    expect(fee(pack, { ...adult, at: new Date('2026-12-31T23:59:59+01:00') }).row.id).toBe('old')
    expect(fee(pack, { ...adult, at: new Date('2027-01-01T00:00:00+01:00') }).row.id).toBe('new')
  })

  it('[R16] says which row decided, and its source', () => {
    expect(fee(vgr, { ...adult, profession: 'NURSE' }).row).toMatchObject({
      id: 'other-professions',
      validFrom: '2024-04-01',
      source: expect.stringMatching(/^Law or public guidance: /),
    })
  })

  it('is nothing at a youth clinic', () => {
    expect(fee(vgr, { ...adult, birthDate: '2003-01-01', unitKind: 'YOUTH_CLINIC' })).toMatchObject({
      amountOre: 0,
      reason: 'FREE_VISIT',
    })
  })

  it('throws when the table has no row for the date', () => {
    expect(() => fee(vgr, { ...adult, at: new Date('2020-01-01T00:00:00Z') })).toThrow(RangeError)
  })
})

describe('the fee of a missed visit', () => {
  it.each([
    ['1992-03-14', 'an adult'],
    ['2018-03-14', 'a child'],
    ['1940-01-01', 'a person over 85'],
  ])('[R19] is for one born %s the ordinary fee and the surcharge: %s', (birthDate) => {
    expect(missedVisitFee(vgr, { ...adult, birthDate }).amountOre).toBe(20_000)
    expect(missedVisitFee(vml, { ...adult, birthDate }).amountOre).toBe(30_000)
  })

  it('[R19] is the ordinary fee also where the visit is normally free', () => {
    expect(missedVisitFee(vgr, { ...adult, profession: 'NURSE', unitKind: 'YOUTH_CLINIC' }).amountOre).toBe(5_000)
  })
})

describe('the fee of a chat', () => {
  it.each(policies.regions)('[R37] in %s is nothing, with its source', (region) => {
    expect(chatFee(policies.policyFor(region, at))).toEqual({
      amountOre: 0,
      source: expect.stringMatching(/^(Published|Decided for this service): /),
    })
  })
})
