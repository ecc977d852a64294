import { type FeeFacts, professions, type UnitKind, visitChannels, visitTypes } from '@vardgraf/policy/rules'

/** What the fee of a visit depends on, all of it known. */
export interface VisitFacts extends FeeFacts {
  unitKind: UnitKind
}

interface Told {
  visit: { startsAt: string; channel: string; profession: string; visitTypeCode: string }
  person: { birthDate: string }
  unit: { kind: UnitKind }
}

/**
 * The facts that their owners tell, as the fee table understands them.
 * @throws RangeError for a code that the fee tables do not know: no fee is better than a wrong one.
 */
export function visitFacts({ visit, person, unit }: Told): VisitFacts {
  return {
    at: new Date(visit.startsAt),
    channel: oneOf(visitChannels, visit.channel),
    profession: oneOf(professions, visit.profession),
    visitType: oneOf(visitTypes, visit.visitTypeCode),
    birthDate: person.birthDate,
    unitKind: unit.kind,
  }
}

function oneOf<T extends string>(codes: readonly T[], told: string): T {
  const code = codes.find((known) => known === told)
  if (code === undefined) throw new RangeError(`no fee table knows ${told}`)
  return code
}

// What a visit cost that did not take place is told by its charge, not by a quote.
const withoutQuote: readonly string[] = ['CANCELLED', 'NO_SHOW']

/** Whether there is still something to quote. */
export const isQuotable = (visit: { status: string }): boolean => !withoutQuote.includes(visit.status)
