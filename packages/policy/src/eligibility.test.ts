import { describe, expect, it } from 'vitest'
import { type PreschoolStart, serviceEligibility } from './eligibility.js'
import { loadPolicies } from './load.js'

const policies = loadPolicies()
const policy = (region: string) => policies.policyFor(region, new Date('2026-11-22T12:00:00Z'))
const of = (
  region: string,
  service: 'YOUTH_CLINIC' | 'CHILD_HEALTH',
  birthDate: string,
  now: string,
  preschoolStart?: PreschoolStart,
) => serviceEligibility(policy(region), { birthDate, preschoolStart }, new Date(now)).find((s) => s.service === service)

describe('youth clinic', () => {
  it.each([
    ['vastmanland', '2013-06-22', '2026-06-21T23:59:59+02:00', false, 'the last second of 12'],
    ['vastmanland', '2013-06-22', '2026-06-22T00:00:00+02:00', true, 'the 13th birthday'],
    ['vastmanland', '2002-06-22', '2026-06-21T23:59:59+02:00', true, 'the last second of 23'],
    ['vastmanland', '2002-06-22', '2026-06-22T00:00:00+02:00', false, 'the 24th birthday'],
    ['vastra-gotaland', '2002-06-22', '2026-06-22T00:00:00+02:00', true, 'the 24th birthday'],
    ['vastra-gotaland', '2001-06-22', '2026-06-21T23:59:59+02:00', true, 'the last second of 24'],
    ['vastra-gotaland', '2001-06-22', '2026-06-22T00:00:00+02:00', false, 'the 25th birthday'],
    ['vastmanland', '2012-02-29', '2025-02-27T23:59:59+01:00', false, 'born on a leap day, 12'],
    ['vastmanland', '2012-02-29', '2025-02-28T00:00:00+01:00', true, 'born on a leap day, 13 on 28 February'],
  ])('[R39] [R24] in %s for one born %s at %s is %s: %s', (region, birthDate, now, eligible) => {
    expect(of(region, 'YOUTH_CLINIC', birthDate, now)).toMatchObject({ eligible, askedBy: 'SELF', rule: 'R39' })
  })

  it('[R39] tells the span, the end not included', () => {
    expect(of('vastmanland', 'YOUTH_CLINIC', '2002-06-22', '2026-01-01T00:00:00+01:00')).toMatchObject({
      from: new Date('2015-06-22T00:00:00+02:00'),
      until: new Date('2026-06-22T00:00:00+02:00'),
    })
  })
})

describe('child health care', () => {
  it.each<[string, string, PreschoolStart, boolean, string]>([
    ['2020-01-01', '2026-07-31T23:59:59+02:00', 'ON_TIME', true, 'six already, before preschool class'],
    ['2020-01-01', '2026-08-01T00:00:00+02:00', 'ON_TIME', false, 'preschool class'],
    ['2020-12-31', '2026-08-01T00:00:00+02:00', 'ON_TIME', false, 'still five, in preschool class'],
    ['2020-05-05', '2025-07-31T23:59:59+02:00', 'EARLY', true, 'a year early'],
    ['2020-05-05', '2025-08-01T00:00:00+02:00', 'EARLY', false, 'a year early'],
    ['2020-05-05', '2027-07-31T23:59:59+02:00', 'DEFERRED', true, 'deferred a year'],
    ['2020-05-05', '2027-08-01T00:00:00+02:00', 'DEFERRED', false, 'deferred a year'],
    ['2026-11-22', '2026-11-21T23:59:59+01:00', 'ON_TIME', false, 'not born'],
    ['2026-11-22', '2026-11-22T00:00:00+01:00', 'ON_TIME', true, 'newborn'],
  ])('[R40] for a child born %s at %s (%s) is %s: %s', (birthDate, now, start, eligible) => {
    expect(of('vastmanland', 'CHILD_HEALTH', birthDate, now, start)).toMatchObject({ eligible, askedBy: 'GUARDIAN', rule: 'R40' })
  })
})
