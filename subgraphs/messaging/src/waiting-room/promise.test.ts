import { loadPolicies, priorities, type UnitKind } from '@vardgraf/policy'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Priority } from '../generated/prisma/enums.js'
import { dueSteps, type Place, type Placeable, placeOf } from './rules.js'

const policies = loadPolicies()
const HOUR_MS = 3_600_000
const HORIZON_MS = 26 * HOUR_MS

/** Somebody assesses the case anew, or gives it back, so long after it entered. */
interface Rerouting {
  afterMs: number
  priority: Priority | null
}

/** Every place that a case has from its entry on: when the sweeper looks at it, and when somebody sends it on. */
function placesOf(careCase: Placeable, region: string, reroutings: readonly Rerouting[]): { at: Date; place: Place }[] {
  const places: { at: Date; place: Place }[] = []
  const look = (at: Date): Place => {
    const policy = policies.policyFor(region, at)
    const due = dueSteps(policy, careCase, at)
    if (due.warn) careCase.warnedAt = at
    if (due.overflow) careCase.overflowedAt = at
    const place = placeOf(policy, careCase, at)
    places.push({ at, place })
    return place
  }
  const pending = reroutings.toSorted((a, b) => a.afterMs - b.afterMs)
  const until = careCase.enteredAt.getTime() + HORIZON_MS
  let { reviewAt } = look(careCase.enteredAt)
  while (reviewAt.getTime() < until) {
    const next = pending[0] && new Date(careCase.enteredAt.getTime() + pending[0].afterMs)
    if (next && next < reviewAt) {
      careCase.priority = pending.shift()?.priority ?? careCase.priority
      reviewAt = look(next).reviewAt
    } else {
      const at = reviewAt
      reviewAt = look(at).reviewAt
      expect(reviewAt.getTime()).toBeGreaterThan(at.getTime())
    }
  }
  return places
}

const kinds: UnitKind[] = ['HEALTH_CENTRE', 'NURSE_LINE_1177', 'YOUTH_CLINIC', 'CHILD_HEALTH']
const minutes = (from: string, to: string) =>
  fc.integer({ min: Date.parse(from) / 60_000, max: Date.parse(to) / 60_000 }).map((minute) => minute * 60_000)
/** Any instant of three years, and more often the hours around what is special: closing, holidays, the change of clocks. */
const enteredAt = fc.oneof(
  minutes('2026-01-01T00:00:00Z', '2028-12-30T00:00:00Z'),
  minutes('2026-11-23T15:50:00+01:00', '2026-11-23T16:10:00+01:00'),
  minutes('2026-11-27T12:00:00+01:00', '2026-11-30T12:00:00+01:00'),
  minutes('2026-12-22T12:00:00+01:00', '2026-12-29T12:00:00+01:00'),
  minutes('2027-03-27T00:00:00+01:00', '2027-03-29T00:00:00+02:00'),
  minutes('2026-10-24T00:00:00+02:00', '2026-10-26T00:00:00+01:00'),
)

it('[R27, R33] however often it is routed anew, a case never stands with who opens after its answer is due', () => {
  fc.assert(
    fc.property(
      fc.record({
        enteredAt,
        priority: fc.constantFrom(...priorities),
        outcome: fc.constantFrom('HEALTH_CENTRE' as const, 'NURSE_LINE_1177' as const),
        unitKind: fc.constantFrom(...kinds),
      }),
      fc.constantFrom(...policies.regions),
      fc.array(
        fc.record({
          afterMs: fc.integer({ min: 1, max: HORIZON_MS }),
          priority: fc.option(fc.constantFrom(...priorities)),
        }),
        { maxLength: 6 },
      ),
      ({ enteredAt, ...about }, region, reroutings) => {
        const careCase = { ...about, id: 'a', unitId: 'u', enteredAt: new Date(enteredAt), warnedAt: null, overflowedAt: null }
        for (const { at, place } of placesOf(careCase, region, reroutings)) {
          const latest = Math.max(at.getTime(), place.answerDueAt.getTime())
          if (place.opensAt.getTime() > latest)
            throw new Error(`at ${at.toISOString()} with ${place.responderUnitId} from ${place.opensAt.toISOString()}`)
        }
      },
    ),
    { numRuns: 600 },
  )
})

it.each([
  ['2026-11-24T02:00:00+01:00', 'SE2321000172-N001', 'due at 02:00'],
  ['2026-11-24T07:59:00+01:00', 'SE2321000172-N001', 'due a minute before the centre opens'],
  ['2026-11-24T08:00:00+01:00', 'centre', 'due as the centre opens'],
])('[R27] a P5 that entered at %s stands at 22:00 with %s (%s)', (entered, responderUnitId) => {
  const at = new Date('2026-11-24T22:00:00+01:00')
  const careCase: Placeable = {
    id: 'a',
    unitId: 'centre',
    unitKind: 'HEALTH_CENTRE',
    outcome: 'HEALTH_CENTRE',
    priority: 'P5',
    enteredAt: new Date(entered),
    warnedAt: null,
    overflowedAt: null,
  }
  expect(placeOf(policies.policyFor('vastmanland', at), careCase, at)).toMatchObject({ responderUnitId })
})
