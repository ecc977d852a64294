import { ageAt } from '@vardgraf/time'
import type { Vaccine } from './codes.js'
import type { Policy } from './pack.js'

export type VaccineGate =
  | { open: true; by: 'AGE' | 'RISK_GROUP' }
  | { open: false; fromAge: number | null; riskGroupFromAge: number | null }

/** Whether a vaccine is offered to a person, by age or because of a risk group; if not, from which ages it is. [R38] */
export function vaccineGate(
  pack: Policy,
  vaccine: Vaccine,
  person: { birthDate: string; riskGroup: boolean },
  at: Date,
): VaccineGate {
  const { fromAge, riskGroupFromAge } = pack.vaccines[vaccine]
  const age = ageAt(person.birthDate, at)
  if (fromAge.value !== null && age >= fromAge.value) return { open: true, by: 'AGE' }
  if (person.riskGroup && riskGroupFromAge.value !== null && age >= riskGroupFromAge.value)
    return { open: true, by: 'RISK_GROUP' }
  return { open: false, fromAge: fromAge.value, riskGroupFromAge: riskGroupFromAge.value }
}
