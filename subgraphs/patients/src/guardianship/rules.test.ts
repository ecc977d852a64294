import { GraphError } from '@vardgraf/errors'
import type { Policies, Policy } from '@vardgraf/policy'
import { birthday, startOfDay } from '@vardgraf/time'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Custody, type GuardianBlock, type GuardianPair, guardianRefusal, mayActAsGuardian } from './rules.js'

const always: Custody = { validFrom: '2008-01-01', validUntil: null }
const pair = (part: Partial<GuardianPair> = {}): GuardianPair => ({
  childBirthDate: '2013-06-22',
  childRegion: 'vastmanland',
  custodies: [always],
  blocks: [],
  ...part,
})
/** From which age somebody has care of her own, by region; `elsewhere` has no policy. */
const policiesOf = (ages: Record<string, number>): Policies => ({
  regions: Object.keys(ages),
  policyFor: (region) => {
    const age = ages[region]
    if (age === undefined) throw new GraphError('POLICY_NOT_IN_FORCE')
    return { access: { ownCareFromAge: { value: age } } } as Policy
  },
})
const policies = policiesOf({ vastmanland: 13, 'vastra-gotaland': 13 })
const at = (instant: string): Date => new Date(instant)

describe('a guardian', () => {
  it.each([
    ['2026-06-21T23:59:59.999+02:00', null],
    ['2026-06-22T00:00:00+02:00', 'CHILD_DECIDES_ALONE'],
    ['2026-06-21T22:00:00Z', 'CHILD_DECIDES_ALONE'],
  ])('[R20] [R23] of a child born 2013-06-22 at %s: %s', (now, refusal) => {
    expect(guardianRefusal(pair(), policies, at(now))).toBe(refusal)
  })

  it.each([
    ['2025-02-27T23:59:59+01:00', null],
    ['2025-02-28T00:00:00+01:00', 'CHILD_DECIDES_ALONE'],
  ])('[A6] of a child born on 29 February 2012 at %s, a common year: %s', (now, refusal) => {
    expect(guardianRefusal(pair({ childBirthDate: '2012-02-29' }), policies, at(now))).toBe(refusal)
  })

  it.each([
    ['twelve', '2013-06-22', '2025-06-21T23:59:59.999+02:00', null],
    ['twelve', '2013-06-22', '2025-06-22T00:00:00+02:00', 'CHILD_DECIDES_ALONE'],
    ['fourteen', '2013-06-22', '2027-06-21T23:59:59.999+02:00', null],
    ['fourteen', '2013-06-22', '2027-06-22T00:00:00+02:00', 'CHILD_DECIDES_ALONE'],
    [null, '2013-06-22', '2025-06-21T23:59:59.999+02:00', null],
    [null, '2013-06-22', '2025-06-22T00:00:00+02:00', 'CHILD_DECIDES_ALONE'],
    ['elsewhere', '2013-06-22', '2025-06-22T00:00:00+02:00', 'CHILD_DECIDES_ALONE'],
    ['twelve', '2012-02-29', '2024-02-28T23:59:59.999+01:00', null],
    ['twelve', '2012-02-29', '2024-02-29T00:00:00+01:00', 'CHILD_DECIDES_ALONE'],
    ['fourteen', '2012-02-29', '2026-02-27T23:59:59.999+01:00', null],
    ['fourteen', '2012-02-29', '2026-02-28T00:00:00+01:00', 'CHILD_DECIDES_ALONE'],
  ])(
    '[R20] [R23] [A6] the age is that of the region: in %s, where twelve and fourteen are known, of a child born %s at %s: %s',
    (childRegion, childBirthDate, now, refusal) => {
      const policies = policiesOf({ twelve: 12, fourteen: 14 })
      expect(guardianRefusal(pair({ childRegion, childBirthDate }), policies, at(now))).toBe(refusal)
    },
  )

  it('[R23] while no policy at all is in force, nobody is told that a guardian may act', () => {
    expect(() => mayActAsGuardian(pair(), policiesOf({}), at('2020-01-01T12:00:00+01:00'))).toThrow('no policy is in force')
  })

  it.each([
    ['2024-03-09T23:59:59+01:00', 'NO_CUSTODY'],
    ['2024-03-10T00:00:00+01:00', null],
    ['2024-09-30T23:59:59+02:00', null],
    ['2024-10-01T00:00:00+02:00', 'NO_CUSTODY'],
  ])('[R20] with custody from 2024-03-10 to 2024-09-30, both included, at %s: %s', (now, refusal) => {
    expect(guardianRefusal(pair({ custodies: [{ validFrom: '2024-03-10', validUntil: '2024-09-30' }] }), policies, at(now))).toBe(
      refusal,
    )
  })

  it('[R20] with two custody rows acts while one of them is in force', () => {
    const custodies = [
      { validFrom: '2014-01-01', validUntil: '2015-01-01' },
      { validFrom: '2023-01-01', validUntil: null },
    ]
    expect(guardianRefusal(pair({ custodies }), policies, at('2016-01-01T12:00:00+01:00'))).toBe('NO_CUSTODY')
    expect(guardianRefusal(pair({ custodies }), policies, at('2024-01-01T12:00:00+01:00'))).toBeNull()
  })

  it.each([
    ['2024-03-10T09:59:59.999+01:00', null],
    ['2024-03-10T10:00:00+01:00', 'GUARDIAN_BLOCKED'],
    ['2024-09-30T14:59:59.999+02:00', 'GUARDIAN_BLOCKED'],
    ['2024-09-30T15:00:00+02:00', null],
  ])('[R20] blocked from 2024-03-10 at 10 until it was lifted on 2024-09-30 at 15, at %s: %s', (now, refusal) => {
    const block = { validFrom: at('2024-03-10T10:00:00+01:00'), validUntil: at('2024-09-30T15:00:00+02:00') }
    expect(guardianRefusal(pair({ blocks: [block] }), policies, at(now))).toBe(refusal)
  })

  it('[R20] is kept from the child by any one block in force, whatever custodies and lifted blocks there are beside it', () => {
    const now = at('2024-01-01T12:00:00+01:00')
    const days = fc
      .date({ min: at('2008-01-01T00:00:00Z'), max: at('2026-01-01T00:00:00Z'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10))
    const custody = fc.record<Custody>({ validFrom: days, validUntil: fc.option(days) })
    const lifted = fc.constant<GuardianBlock>({ validFrom: at('2020-01-01T00:00:00Z'), validUntil: now })
    const inForce = fc.constantFrom<GuardianBlock>(
      { validFrom: at('2020-01-01T00:00:00Z'), validUntil: null },
      { validFrom: now, validUntil: at('2024-01-02T00:00:00Z') },
    )
    fc.assert(
      fc.property(fc.array(custody), fc.array(lifted), inForce, fc.nat(), (custodies, others, block, place) => {
        const blocks = others.toSpliced(place % (others.length + 1), 0, block)
        expect(mayActAsGuardian(pair({ custodies: [always, ...custodies], blocks }), policies, now)).toBe(false)
        expect(mayActAsGuardian(pair({ custodies: [...custodies, always], blocks: others }), policies, now)).toBe(true)
      }),
    )
  })

  it('[R23] never acts again once the child is 13, whatever the custody says', () => {
    const days = fc
      .date({ min: at('2008-01-01T00:00:00Z'), max: at('2026-01-01T00:00:00Z'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10))
    fc.assert(
      fc.property(
        days,
        days,
        fc.boolean(),
        fc.nat({ max: 20 * 365 * 86_400_000 }),
        (childBirthDate, validFrom, blocked, later) => {
          const thirteenth = startOfDay(birthday(childBirthDate, 13))
          const blocks = blocked ? [{ validFrom: at('2008-01-01T00:00:00Z'), validUntil: null }] : []
          const subject = pair({ childBirthDate, custodies: [{ validFrom, validUntil: null }], blocks })
          expect(mayActAsGuardian(subject, policies, new Date(thirteenth.getTime() + later))).toBe(false)
          const open = pair({ childBirthDate, custodies: [{ validFrom: childBirthDate, validUntil: null }] })
          expect(mayActAsGuardian(open, policies, new Date(thirteenth.getTime() - 1))).toBe(true)
        },
      ),
    )
  })
})
