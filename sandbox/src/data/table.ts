import { personsOf, staff, withoutEid } from './persons.js'
import { units } from './units.js'

const anyDay = '2026-11-22'

/** README's table of test persons, in Markdown. Birth dates are left out: they follow the day the data was loaded. */
export function personsTable(): string {
  const unitName = (hsaId: string | null): string =>
    units.find((unit) => unit.hsaId === hsaId)?.name.replace(' (påhittad)', '') ?? ''
  const patients = personsOf(anyDay).map(
    ({ key, givenName, familyName, en, id, phone, listedUnitId }) =>
      `| \`${key}\` | ${givenName} ${familyName} | ${en} | ${unitName(listedUnitId)} | \`${phone}\` | \`${id}\` |`,
  )
  const employees = staff.map(
    ({ key, givenName, familyName, en, hsaId, role, unitId }) =>
      `| \`${key}\` | ${givenName} ${familyName} | ${en} | ${unitName(unitId)} | \`${role}\` | \`${hsaId}\` |`,
  )
  return [
    '| key | name | who | listed at | phone | id |',
    '|---|---|---|---|---|---|',
    ...patients,
    `| \`${withoutEid.key}\` | ${withoutEid.givenName} ${withoutEid.familyName} | ${withoutEid.en} | | | |`,
    '',
    '| key | name | who | unit | role | HSA-id |',
    '|---|---|---|---|---|---|',
    ...employees,
  ].join('\n')
}
