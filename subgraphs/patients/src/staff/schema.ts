import { Access, isAuthenticated } from '@vardgraf/access'
import { globalId, Node } from '@vardgraf/relay'
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { StaffRole } from '../generated/prisma/enums.js'
import type { StaffRow } from './loaders.js'

registerEnumType(StaffRole, {
  name: 'StaffRole',
  description: 'What somebody on the staff does.',
  valuesConfig: {
    NURSE: { description: 'Nurse (sjuksköterska).' },
    DOCTOR: { description: 'Doctor (läkare).' },
    YOUTH_COUNSELLOR: { description: 'Counsellor at a youth clinic (kurator).' },
    CHILD_HEALTH_NURSE: { description: 'Nurse in child health care (BHV-sjuksköterska).' },
    UNIT_ADMINISTRATOR: { description: 'Administrator of a unit (verksamhetsadministratör).' },
  },
})

@Access(isAuthenticated)
@Directive('@key(fields: "id")')
@ObjectType({ implements: Node, description: 'Somebody on the staff (medarbetare), as patients meet her.' })
export class Staff implements Node {
  row!: StaffRow

  @Field(() => ID, { description: 'Opaque global id: stable, and only meaningful to the graph.' })
  id!: string

  @Field(() => String, { description: 'Name, for people.' })
  displayName!: string

  @Field(() => StaffRole, { description: 'What she does.' })
  role!: StaffRole
}

/** The row as the graph shows it. */
export function toStaff(row: StaffRow): Staff {
  const { hsaId, givenName, familyName, role } = row
  return Object.assign(new Staff(), { row, id: globalId('Staff', hsaId), displayName: `${givenName} ${familyName}`, role })
}
