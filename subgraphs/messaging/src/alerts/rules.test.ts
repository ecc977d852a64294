import { expect, it } from 'vitest'
import { type Alertable, alertOf } from './rules.js'

const told112 = new Date('2026-11-23T10:00:00+01:00')
const waiting: Alertable = { status: 'WAITING', responderUnitId: 'centre', redFlagAt: null }
const flagged: Alertable = { ...waiting, redFlagAt: told112 }

it.each(['RED_FLAG', 'WORSENED'] as const)('[R31] the unit that has the case hears of %s at once', (kind) => {
  expect(alertOf(kind, waiting, waiting)).toEqual({ unitId: 'centre', kind })
})

it.each([
  ['comes into its queue from another unit', 'ROUTED', { ...flagged, responderUnitId: '1177' }],
  ['comes into its queue from none', 'ENTERED', { ...flagged, responderUnitId: null }],
  ['is given back', 'RELEASED', flagged],
] as const)('[R31] a unit hears of a patient who was told 112 when her case %s', (_how, kind, from) => {
  expect(alertOf(kind, from, flagged)).toEqual({ unitId: 'centre', kind: 'RED_FLAG' })
})

it.each([
  ['stays where it was', 'REPRIORITISED', flagged, flagged],
  ['comes without a red flag', 'ROUTED', { ...waiting, responderUnitId: '1177' }, waiting],
  ['is given back without a red flag', 'RELEASED', waiting, waiting],
  ['has no unit', 'RED_FLAG', waiting, { ...flagged, responderUnitId: null }],
  ['has ended', 'RED_FLAG', waiting, { ...flagged, status: 'CLOSED_112' }],
] as const)('[R31] nobody is alerted when the case %s', (_how, kind, from, to) => {
  expect(alertOf(kind, from, to)).toBeNull()
})
