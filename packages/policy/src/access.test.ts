import { GraphError } from '@vardgraf/errors'
import { expect, it } from 'vitest'
import { careRelationsSince, ownCareFromAge, sinceIn } from './access.js'
import type { Policies } from './load.js'
import type { Policy } from './pack.js'

const now = new Date('2026-11-23T09:00:00+01:00')
const figures: Record<string, [days: number, age: number]> = { a: [30, 13], b: [10, 15] }
const policiesOf = (known: typeof figures): Policies => ({
  // `c` has a pack that is not in force yet.
  regions: [...Object.keys(known), 'c'],
  policyFor: (region) => {
    const [days, age] = known[region] ?? []
    if (days === undefined) throw new GraphError('POLICY_NOT_IN_FORCE')
    return { access: { careRelationDays: { value: days }, ownCareFromAge: { value: age } } } as Policy
  },
})
const policies = policiesOf(figures)

it.each([
  ['a', '2026-10-24T10:00:00+02:00', 'its own 30 days of 24 hours, across a change of the clocks'],
  ['b', '2026-11-13T09:00:00+01:00', 'its own 10 days'],
  ['c', '2026-11-13T09:00:00+01:00', 'the shortest of all, as its policy is not in force'],
  ['elsewhere', '2026-11-13T09:00:00+01:00', 'the shortest of all, as it has no policy'],
])('[A1] in the region %s a care relation reaches back to %s: %s', (region, since) => {
  expect(sinceIn(careRelationsSince(policies, now), region)).toEqual(new Date(since))
})

it('[A1] where no policy is in force, nothing that has ended gives a care relation', () => {
  expect(sinceIn(careRelationsSince(policiesOf({}), now), 'a')).toEqual(now)
})

it.each([
  ['a', 13],
  ['b', 15],
  ['c', 13],
  [null, 13],
])('[R23] somebody of the region %s has care of her own from %i', (region, age) => {
  expect(ownCareFromAge(policies, region, now)).toBe(age)
})

it('[R23] where no policy is in force, nobody decides from which age', () => {
  expect(() => ownCareFromAge(policiesOf({}), 'a', now)).toThrow('no policy is in force')
})
