import { personsOf, staff, withoutEid } from '../data/persons.js'
import { units } from '../data/units.js'

/** Level of assurance 3 of the Swedish e-ID framework (svensk e-legitimation). */
const assuranceLevel3 = 'http://id.elegnamnden.se/loa/1.0/loa3'

/** A person who can be chosen on the login page. */
export interface Identity {
  key: string
  kind: 'PATIENT' | 'STAFF' | 'WITHOUT_EID'
  name: string
  /** A description in one line. */
  en: string
  sv: string
  /** Authentication level; a login without e-ID has none. [R28] */
  acr: string | null
  /** Claims about her, beside `sub`: names as in the Swedish claims specification (oidc.se), and for staff as Inera's IdP names them. */
  claims: Record<string, string>
}

const claim = (name: string): string => `https://id.oidc.se/claim/${name}`

/** All test persons, as old as they are for data loaded on that day. */
export function identitiesOf(loadedOn: string): Map<string, Identity> {
  const patients = personsOf(loadedOn).map(
    (person): Identity => ({
      ...described(person),
      kind: 'PATIENT',
      acr: assuranceLevel3,
      claims: { ...names(person), birthdate: person.birthDate, [claim('personalIdentityNumber')]: person.personalIdentityNumber },
    }),
  )
  const employees = staff.map(
    (employee): Identity => ({
      ...described(employee),
      kind: 'STAFF',
      acr: assuranceLevel3,
      claims: {
        ...names(employee),
        employeeHsaId: employee.hsaId,
        healthCareUnitHsaId: employee.unitId,
        healthCareUnitName: units.find((unit) => unit.hsaId === employee.unitId)?.name ?? '',
        role: employee.role,
      },
    }),
  )
  const kim: Identity = {
    ...described(withoutEid),
    kind: 'WITHOUT_EID',
    acr: null,
    claims: { ...names(withoutEid), [claim('coordinationNumber')]: withoutEid.coordinationNumber },
  }
  return new Map([...patients, ...employees, kim].map((identity) => [identity.key, identity]))
}

type Named = { key: string; givenName: string; familyName: string; en: string; sv: string }

const described = ({ key, givenName, familyName, en, sv }: Named) => ({ key, name: `${givenName} ${familyName}`, en, sv })

const names = ({ givenName, familyName }: Named) => ({
  given_name: givenName,
  family_name: familyName,
  name: `${givenName} ${familyName}`,
})
