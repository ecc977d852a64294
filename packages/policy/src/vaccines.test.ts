import { describe, expect, it } from 'vitest'
import { loadPolicies } from './load.js'
import { vaccineGate } from './vaccines.js'

const pack = loadPolicies().policyFor('vastmanland', new Date('2026-11-22T12:00:00Z'))
const at = new Date('2026-11-22T12:00:00+01:00')

describe('vaccines', () => {
  it.each([
    ['INFLUENZA', '1961-11-22', false, { open: true, by: 'AGE' }],
    ['INFLUENZA', '1961-11-23', false, { open: false, fromAge: 65, riskGroupFromAge: 0 }],
    ['INFLUENZA', '1961-11-23', true, { open: true, by: 'RISK_GROUP' }],
    ['COVID_19', '1976-11-23', true, { open: false, fromAge: 75, riskGroupFromAge: 50 }],
    ['TBE', '2025-11-22', false, { open: true, by: 'AGE' }],
    ['TBE', '2025-11-23', true, { open: false, fromAge: 1, riskGroupFromAge: null }],
  ] as const)('[R38] %s for one born %s, risk group %s: %o', (vaccine, birthDate, riskGroup, gate) => {
    expect(vaccineGate(pack, vaccine, { birthDate, riskGroup }, at)).toEqual(gate)
  })
})
