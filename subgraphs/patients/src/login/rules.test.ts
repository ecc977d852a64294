import { expect, it } from 'vitest'
import { identify } from './rules.js'

const LOA3 = 'http://id.elegnamnden.se/loa/1.0/loa3'

it.each([
  ['198112189876', undefined, 'logs in'],
  ['198112189876', LOA3, 'logs in'],
  ['198112789873', LOA3, 'logs in'],
  ['198112789873', 'http://id.elegnamnden.se/loa/1.0/loa4', 'logs in'],
  ['198112789873', undefined, 'COORDINATION_NUMBER_WITHOUT_EID'],
  ['198112789873', 'http://id.elegnamnden.se/loa/1.0/loa2', 'COORDINATION_NUMBER_WITHOUT_EID'],
  ['198112789874', LOA3, 'NO_SUCH_NUMBER'],
  ['198112189875', LOA3, 'NO_SUCH_NUMBER'],
])('[R28] %s with assurance %s: %s', (personalIdentityNumber, levelOfAssurance, outcome) => {
  const result = identify({ personalIdentityNumber, levelOfAssurance })
  expect('numbers' in result ? 'logs in' : result.refusal).toBe(outcome)
})

it.each([
  ['198112189876', '198112789873', LOA3, 'logs in'],
  ['198112189876', '198112789873', undefined, 'COORDINATION_NUMBER_WITHOUT_EID'],
  ['198112189876', '198112789874', LOA3, 'NO_SUCH_NUMBER'],
  ['198112189876', '198112189876', LOA3, 'NO_SUCH_NUMBER'],
  ['198112789873', '198112789873', LOA3, 'NO_SUCH_NUMBER'],
])(
  '[R28] %s with %s as the co-ordination number before it and assurance %s: %s',
  (current, previous, levelOfAssurance, outcome) => {
    const result = identify({ personalIdentityNumber: current, previousCoordinationNumber: previous, levelOfAssurance })
    expect('numbers' in result ? 'logs in' : result.refusal).toBe(outcome)
  },
)
