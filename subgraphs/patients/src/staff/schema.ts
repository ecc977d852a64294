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

@Directive('@key(fields: "id")')
@ObjectType({ implements: Node, description: 'Somebody on the staff (medarbetare), as patients meet her.' })
export class Staff implements Node {
  /** HSA-id of the unit; not in the graph by itself. */
  unitId!: string

  @Field(() => ID, { description: 'Opaque global id: stable, and only meaningful to the graph.' })
  id!: string

  @Field(() => String, { description: 'Name, for people.' })
  displayName!: string

  @Field(() => StaffRole, { description: 'What she does.' })
  role!: StaffRole
}

export function toStaff({ hsaId, givenName, familyName, role, unitId }: StaffRow): Staff {
  return Object.assign(new Staff(), { id: globalId('Staff', hsaId), displayName: `${givenName} ${familyName}`, role, unitId })
}
