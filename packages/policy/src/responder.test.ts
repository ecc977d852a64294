import { zoned } from '@vardgraf/time'
import { describe, expect, it } from 'vitest'
import { loadPolicies } from './load.js'
import type { Policy } from './pack.js'
import { responderAt, type Unanswered } from './responder.js'
import { openAt } from './schedule.js'

const policies = loadPolicies()
const vml = policies.policyFor('vastmanland', new Date('2026-11-22T12:00:00Z'))
const vgr = policies.policyFor('vastra-gotaland', new Date('2026-11-22T12:00:00Z'))

const NOW = 'now'
const centres = { priority: 'P3', kind: 'HEALTH_CENTRE' } as const
/** Who answers a case that enters now. */
const entering = (pack: Policy, at: string, more: Partial<Unanswered> = {}) =>
  responderAt(pack, new Date(at), { ...centres, enteredAt: new Date(at), ...more })
const expected = (responder: string, at: string, opensAt: string) => ({
  responder,
  opensAt: new Date(opensAt === NOW ? at : opensAt),
})

describe('who answers', () => {
  it.each([
    // A Monday to a Tuesday.
    ['2026-11-23T07:59:59+01:00', 'HEALTH_CENTRE', '2026-11-23T08:00:00+01:00'],
    ['2026-11-23T08:00:00+01:00', 'HEALTH_CENTRE', NOW],
    ['2026-11-23T15:59:59+01:00', 'HEALTH_CENTRE', NOW],
    ['2026-11-23T16:00:00+01:00', 'NURSE_LINE_1177', NOW],
    ['2026-11-23T21:59:59+01:00', 'NURSE_LINE_1177', NOW],
    ['2026-11-23T22:00:00+01:00', 'HEALTH_CENTRE', '2026-11-24T08:00:00+01:00'],
    ['2026-11-24T03:00:00+01:00', 'HEALTH_CENTRE', '2026-11-24T08:00:00+01:00'],
    // A weekend: the health centre opens on Monday, so the nights of Friday and Saturday go to 1177.
    ['2026-11-27T22:00:00+01:00', 'NURSE_LINE_1177', '2026-11-28T08:00:00+01:00'],
    ['2026-11-28T07:59:59+01:00', 'NURSE_LINE_1177', '2026-11-28T08:00:00+01:00'],
    ['2026-11-28T08:00:00+01:00', 'NURSE_LINE_1177', NOW],
    ['2026-11-28T22:00:00+01:00', 'NURSE_LINE_1177', '2026-11-29T08:00:00+01:00'],
    ['2026-11-29T12:00:00+01:00', 'NURSE_LINE_1177', NOW],
    ['2026-11-29T22:00:00+01:00', 'HEALTH_CENTRE', '2026-11-30T08:00:00+01:00'],
    // Public holidays and eves.
    ['2026-05-13T22:00:00+02:00', 'NURSE_LINE_1177', '2026-05-14T08:00:00+02:00'],
    ['2026-05-14T10:00:00+02:00', 'NURSE_LINE_1177', NOW],
    ['2026-05-14T22:00:00+02:00', 'HEALTH_CENTRE', '2026-05-15T08:00:00+02:00'],
    ['2026-12-23T22:00:00+01:00', 'NURSE_LINE_1177', '2026-12-24T08:00:00+01:00'],
    ['2026-12-24T10:00:00+01:00', 'NURSE_LINE_1177', NOW],
    ['2026-12-27T23:00:00+01:00', 'HEALTH_CENTRE', '2026-12-28T08:00:00+01:00'],
    ['2026-06-19T10:00:00+02:00', 'NURSE_LINE_1177', NOW],
    // The nights of the clock changes, both before a Monday.
    ['2026-03-29T22:30:00+02:00', 'HEALTH_CENTRE', '2026-03-30T08:00:00+02:00'],
    ['2026-10-25T22:30:00+01:00', 'HEALTH_CENTRE', '2026-10-26T08:00:00+01:00'],
  ])('[R27] in Västmanland at %s: %s, from %s', (at, responder, opensAt) => {
    expect(entering(vml, at)).toEqual(expected(responder, at, opensAt))
  })

  it.each([
    ['2026-11-23T16:59:59+01:00', 'HEALTH_CENTRE', NOW],
    ['2026-11-23T17:00:00+01:00', 'NURSE_LINE_1177', NOW],
    ['2026-11-23T22:00:00+01:00', 'HEALTH_CENTRE', '2026-11-24T08:00:00+01:00'],
  ])('[R27] in Västra Götaland at %s: %s, from %s', (at, responder, opensAt) => {
    expect(entering(vgr, at)).toEqual(expected(responder, at, opensAt))
  })

  it.each(['2026-11-23T10:00:00+01:00', '2026-11-23T18:00:00+01:00', '2026-11-24T03:00:00+01:00', '2026-12-25T23:59:00+01:00'])(
    "[R27] an acute case at %s is answered by 1177's nurses at once",
    (at) => {
      expect(entering(vml, at, { priority: 'P1' })).toEqual(expected('NURSE_LINE_1177', at, NOW))
    },
  )

  describe('a unit that opens late', () => {
    const opening = (from: string): Policy => ({
      ...vml,
      openingHours: {
        ...vml.openingHours,
        HEALTH_CENTRE: { ...vml.openingHours.HEALTH_CENTRE, dates: { '2026-11-24': [], '2026-11-25': [[from, '23:59']] } },
      },
    })
    const at = '2026-11-24T22:00:00+01:00'

    it('[R27] exactly 24 h later still waits for the unit', () => {
      expect(entering(opening('22:00'), at)).toEqual(expected('HEALTH_CENTRE', at, '2026-11-25T22:00:00+01:00'))
    })

    it("[R27] a minute more goes to 1177's next opening", () => {
      expect(entering(opening('22:01'), at)).toEqual(expected('NURSE_LINE_1177', at, '2026-11-25T16:00:00+01:00'))
    })

    it("[R27] goes into 1177's round-the-clock queue at once when the line too is shut for longer", () => {
      const shut = opening('22:01')
      const nurseLine = { ...vml.openingHours.NURSE_LINE_1177, dates: { '2026-11-24': [], '2026-11-25': [] } }
      const pack = { ...shut, openingHours: { ...shut.openingHours, NURSE_LINE_1177: nurseLine } }
      expect(entering(pack, at)).toEqual(expected('NURSE_LINE_1177', at, NOW))
    })
  })

  it.each([
    ['2026-11-24T01:59:59+01:00', 'NURSE_LINE_1177', NOW, 'due in the night, before anybody opens'],
    ['2026-11-24T07:59:59+01:00', 'NURSE_LINE_1177', NOW, 'due a second before the centre opens'],
    ['2026-11-24T08:00:00+01:00', 'HEALTH_CENTRE', '2026-11-25T08:00:00+01:00', 'due as the centre opens'],
    ['2026-11-24T15:00:00+01:00', 'HEALTH_CENTRE', '2026-11-25T08:00:00+01:00', 'due in the afternoon'],
  ])(
    '[R27, R33] a case that entered at %s and still waits when 1177 closes: %s, from %s (%s)',
    (enteredAt, responder, opensAt) => {
      const at = '2026-11-24T22:00:00+01:00'
      expect(entering(vml, at, { enteredAt: new Date(enteredAt) })).toEqual(expected(responder, at, opensAt))
      expect(entering(vgr, at, { enteredAt: new Date(enteredAt) })).toEqual(expected(responder, at, opensAt))
    },
  )

  it.each([
    // The clock goes forward on the 29th and back on the 25th: 24 elapsed hours end an hour later, or earlier, by the clock.
    ['2026-03-28T07:00:00+01:00', '2026-03-28T22:00:00+01:00', 'NURSE_LINE_1177', '2026-03-29T08:00:00+02:00'],
    ['2026-03-28T06:59:59+01:00', '2026-03-28T22:00:00+01:00', 'NURSE_LINE_1177', NOW],
    ['2026-10-24T09:00:00+02:00', '2026-10-24T22:00:00+02:00', 'NURSE_LINE_1177', '2026-10-25T08:00:00+01:00'],
    ['2026-10-24T08:59:59+02:00', '2026-10-24T22:00:00+02:00', 'NURSE_LINE_1177', NOW],
    // Christmas: shut from Thursday to Monday, the line open 08-22.
    ['2026-12-23T23:00:00+01:00', '2026-12-24T22:00:00+01:00', 'NURSE_LINE_1177', NOW],
    ['2026-12-24T12:00:00+01:00', '2026-12-24T22:00:00+01:00', 'NURSE_LINE_1177', '2026-12-25T08:00:00+01:00'],
  ])('[R27, R33] a case that entered at %s and waits at %s: %s, from %s', (enteredAt, at, responder, opensAt) => {
    expect(entering(vml, at, { enteredAt: new Date(enteredAt) })).toEqual(expected(responder, at, opensAt))
  })

  it.each([
    ['2026-11-23T15:59:59+01:00', 'P3', 'YOUTH_CLINIC', NOW],
    ['2026-11-23T16:00:00+01:00', 'P3', 'YOUTH_CLINIC', '2026-11-24T08:00:00+01:00'],
    ['2026-11-27T16:00:00+01:00', 'P3', 'NURSE_LINE_1177', '2026-11-27T16:00:00+01:00'],
    ['2026-11-23T10:00:00+01:00', 'P1', 'NURSE_LINE_1177', NOW],
  ] as const)("[R27] a youth clinic's case at %s with %s: %s, from %s", (at, priority, responder, opensAt) => {
    expect(entering(vml, at, { priority, kind: 'YOUTH_CLINIC' })).toEqual(expected(responder, at, opensAt))
  })

  it.each(policies.regions)(
    '[R27] in %s somebody answers from 08 to 22 every day of two years, and nobody waits past 24 h',
    (region) => {
      const pack = policies.policyFor(region, new Date('2026-01-01T00:00:00Z'))
      for (let day = Date.parse('2026-01-01T00:00:00+01:00'); day < Date.parse('2028-01-01T00:00:00+01:00'); day += 3_600_000) {
        const at = new Date(day)
        const { responder, opensAt } = entering(pack, at.toISOString(), { priority: 'P5' })
        expect(openAt(pack.openingHours[responder], opensAt)).toBe(true)
        const waited = opensAt.getTime() - day
        const hour = zoned(at).hour
        if (hour >= 8 && hour < 22 ? waited !== 0 : waited > 24 * 3_600_000)
          throw new Error(`${at.toISOString()} waits ${waited} ms`)
      }
    },
  )
})
