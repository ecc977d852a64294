import { expect, it } from 'vitest'
import { clockLine, queueLine } from './open-now.js'

it.each([
  ['2026-11-24T19:07:12.345+01:00', 0, false, 'Tue 2026-11-24 19:07 in Stockholm (the sandbox’s clock)'],
  [
    '2026-11-28T03:00:00+01:00',
    3 * 86_400_000 + 7 * 3_600_000 + 48 * 60_000,
    true,
    'Sat 2026-11-28 03:00 in Stockholm (the sandbox’s clock, 3 d 7 h 48 min ahead of real time, standing still)',
  ],
  [
    '2026-06-21T23:59:59+02:00',
    -3_600_000,
    false,
    'Sun 2026-06-21 23:59 in Stockholm (the sandbox’s clock, 1 h behind real time)',
  ],
])('tells that it is %s, %i ms ahead, frozen %s', (now, offsetMs, frozen, line) => {
  expect(clockLine({ now, offsetMs, frozen, queues: [] })).toBe(line)
})

const centre = { name: 'Vårdcentralen X (påhittad)', isOpen: true, closesAt: '2026-11-24T16:00:00+01:00', nextOpening: null }
const line1177 = { name: '1177', isOpen: false, closesAt: null, nextOpening: '2026-11-25T16:00:00+01:00' }

it.each([
  ['nurse-1', centre, 3, 'Vårdcentralen X: open until 16:00; 3 waiting'],
  ['nurse-1177', line1177, 1, '1177: closed until Wed 16:00, acute cases round the clock; 1 waiting'],
  ['nurse-1', { ...line1177, nextOpening: '2026-11-24T16:00:00+01:00' }, 100, '1177: closed until 16:00; 100 or more waiting'],
])('[R27] tells of a queue: %s', (nurse, unit, waiting, line) => {
  expect(queueLine({ nurse, unitId: 'x', unit, waiting }, '2026-11-24T10:00:00+01:00')).toBe(line)
})
