import { parsePersonalIdentityNumber, type ToldNumbers } from '../identity-number/rules.js'

/** Levels of assurance (tillitsnivå) that count as e-ID: 3 and 4 of the Swedish framework. */
const eidLevels: readonly string[] = ['http://id.elegnamnden.se/loa/1.0/loa3', 'http://id.elegnamnden.se/loa/1.0/loa4']

/** What the gateway has verified about somebody who logs in. */
export interface Login {
  personalIdentityNumber: string
  /** The e-ID's level of assurance (`acr`), where the gateway passes it on. */
  levelOfAssurance?: string | undefined
  /** The co-ordination number that she had before her personal identity number, where the e-ID tells it. */
  previousCoordinationNumber?: string | undefined
}

export type LoginRefusal = 'NO_SUCH_NUMBER' | 'COORDINATION_NUMBER_WITHOUT_EID'

/**
 * Who logs in, or why nobody does: a co-ordination number says nothing by itself of a verified identity,
 * so it needs the e-ID's level of assurance beside it, also as the number that she had before. [R28]
 */
export function identify(login: Login): { numbers: ToldNumbers } | { refusal: LoginRefusal } {
  const number = parsePersonalIdentityNumber(login.personalIdentityNumber)
  if (!number) return { refusal: 'NO_SUCH_NUMBER' }
  const hasEid = login.levelOfAssurance !== undefined && eidLevels.includes(login.levelOfAssurance)
  if (login.previousCoordinationNumber === undefined)
    return number.coordination && !hasEid
      ? { refusal: 'COORDINATION_NUMBER_WITHOUT_EID' }
      : { numbers: { current: number, earlier: [] } }
  const previous = parsePersonalIdentityNumber(login.previousCoordinationNumber)
  if (!previous?.coordination || previous.digits === number.digits) return { refusal: 'NO_SUCH_NUMBER' }
  return hasEid ? { numbers: { current: number, earlier: [previous] } } : { refusal: 'COORDINATION_NUMBER_WITHOUT_EID' }
}
