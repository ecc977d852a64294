import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultPolicyDir, loadPolicies, PolicyError, PolicyNotInForce } from './load.js'

const at = new Date('2026-11-22T12:00:00Z')

describe('the packs that ship', () => {
  it('are Västmanland and Västra Götaland', () => {
    expect(loadPolicies().regions).toEqual(['vastmanland', 'vastra-gotaland'])
  })

  it('are in force from their first day, not before', () => {
    const policies = loadPolicies()
    expect(policies.policyFor('vastmanland', new Date('2024-04-24T00:00:00+02:00')).validFrom).toBe('2024-04-24')
    expect(() => policies.policyFor('vastmanland', new Date('2024-04-23T23:59:59+02:00'))).toThrow(PolicyNotInForce)
  })

  it('[A7] say before their first day which day that is, by a code of their own', () => {
    const before = () => loadPolicies().policyFor('vastmanland', new Date('2024-04-23T12:00:00+02:00'))
    expect(before).toThrow('the policy pack of vastmanland begins after 2024-04-23')
    const extensions = { code: 'POLICY_NOT_IN_FORCE', region: 'vastmanland', date: '2024-04-23', validFrom: '2024-04-24' }
    expect(before).toThrow(expect.objectContaining({ extensions: expect.objectContaining(extensions) }))
  })

  it('say no to a region without a pack', () => {
    expect(() => loadPolicies().policyFor('halland', at)).toThrow('no policy pack for the region halland')
  })
})

describe('a folder of packs', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'policy-'))
    cpSync(defaultPolicyDir, dir, { recursive: true })
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  type Edit = (pack: ReturnType<typeof JSON.parse>) => void
  const write = (region: string, edit: Edit, from = 'vastmanland'): void => {
    const pack = JSON.parse(readFileSync(join(dir, `${from}.json`), 'utf8'))
    edit(pack)
    writeFileSync(join(dir, `${region}.json`), JSON.stringify(pack))
  }

  it('has a third region as soon as it has a third file', () => {
    write('halland', (pack) => {
      pack.region = 'halland'
    })
    const policies = loadPolicies(dir)
    expect(policies.regions).toContain('halland')
    expect(policies.policyFor('halland', at).region).toBe('halland')
  })

  it('takes a later version from its day on, with the rest as before', () => {
    write('vastmanland', (pack) => {
      const { cancellation } = structuredClone(pack.versions[0])
      cancellation.surchargeOre = { value: 0, source: '[D] test' }
      pack.versions.push({ validFrom: '2027-01-01', cancellation })
    })
    const policies = loadPolicies(dir)
    const before = policies.policyFor('vastmanland', new Date('2026-12-31T23:59:59+01:00'))
    const after = policies.policyFor('vastmanland', new Date('2027-01-01T00:00:00+01:00'))
    expect([before.cancellation.surchargeOre.value, after.cancellation.surchargeOre.value]).toEqual([10_000, 0])
    expect(after.fees).toEqual(before.fees)
  })

  it.each<[string, Edit, string]>([
    ['a figure without a source', (p) => delete p.versions[0].fees.rows[1].source, 'versions.0.fees.rows.1.source'],
    [
      'a source that says nothing',
      (p) => (p.versions[0].fees.chatOre.source = 'somebody said'),
      'versions.0.fees.chatOre.source',
    ],
    ['a misspelt name', (p) => (p.versions[0].anwsers = {}), 'anwsers'],
    ['an amount with decimals', (p) => (p.versions[0].fees.rows[1].amountOre = 200.5), 'versions.0.fees.rows.1.amountOre'],
    [
      'an interval past midnight',
      (p) => (p.versions[0].openingHours.HEALTH_CENTRE.week.MON = [['22:00', '06:00']]),
      'HEALTH_CENTRE.week.MON.0',
    ],
    ['a date that is none', (p) => (p.versions[0].fees.rows[1].validFrom = '2026-02-30'), 'versions.0.fees.rows.1.validFrom'],
    ['a first version that lacks a section', (p) => delete p.versions[0].texts, 'versions.0.texts'],
    ['versions out of order', (p) => p.versions.push({ validFrom: '2020-01-01' }), 'versions: versions are in order'],
    ['no fee for everybody else', (p) => p.versions[0].fees.rows.pop(), 'versions.0.fees.rows'],
    [
      '[R16] a fee for one digital channel alone',
      (p) => (p.versions[0].fees.rows[0].channels = ['APP']),
      'versions.0.fees.rows.0.channels',
    ],
    [
      'a text that lost a placeholder',
      (p) => (p.versions[0].texts.SMS_CASE_ANSWERED.en = 'Log in'),
      'versions.0.texts.SMS_CASE_ANSWERED',
    ],
    [
      'a fee that begins after the pack',
      (p) => (p.versions[0].fees.rows[2].validFrom = '2025-01-01'),
      'no row for everybody is in force on 2024-04-24',
    ],
    [
      'a fee that ends',
      (p) => (p.versions[0].fees.rows[2].validTo = '2026-12-31'),
      'no row for everybody is in force on 2027-01-01',
    ],
    [
      'two fees for one day',
      (p) => p.versions[0].fees.rows.push({ ...p.versions[0].fees.rows[2], validFrom: '2027-01-01' }),
      'give the older one a validTo',
    ],
    ['a fee that is never reached', (p) => p.versions[0].fees.rows.reverse(), 'it would never be used'],
    [
      'a shorter target for a lesser need',
      (p) => (p.versions[0].answers.targetMinutes.P3.value = 60),
      'versions.0.answers.targetMinutes',
    ],
    [
      'a profession that does not exist',
      (p) => (p.versions[0].fees.rows[0].professions = ['DOKTOR']),
      'fees.rows.0.professions.0',
    ],
    ['no case that may be open', (p) => (p.versions[0].cases.mostOpen.value = 0), 'versions.0.cases.mostOpen.value'],
    ['another name than the file', (p) => (p.region = 'halland'), 'the file is named after its region'],
  ])('is refused for %s, with file and path', (_, edit, path) => {
    write('vastmanland', edit)
    const load = () => loadPolicies(dir)
    expect(load).toThrow(PolicyError)
    expect(load).toThrow(join(dir, 'vastmanland.json'))
    expect(load).toThrow(path)
  })

  it('tells of every file at once', () => {
    writeFileSync(join(dir, 'vastmanland.json'), '{')
    write('vastra-gotaland', (pack) => delete pack.name, 'vastra-gotaland')
    expect(() => loadPolicies(dir)).toThrow(/vastmanland\.json: is not JSON[\s\S]*vastra-gotaland\.json: name/)
  })

  it('is refused when it is empty or missing', () => {
    expect(() => loadPolicies(join(dir, 'nowhere'))).toThrow('POLICY_DIR')
    expect(() => loadPolicies(mkdtempSync(join(dir, 'empty-')))).toThrow('no <region>.json')
  })
})
