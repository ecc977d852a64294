import { Access, allow } from '@vardgraf/access'
import type { Viewer as SignedViewer } from '@vardgraf/viewer'
import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { StaffRole } from '../generated/prisma/enums.js'

export const ViewerKind = { ANONYMOUS: 'ANONYMOUS', PATIENT: 'PATIENT', STAFF: 'STAFF' } as const
export type ViewerKind = SignedViewer['kind']

registerEnumType(ViewerKind, {
  name: 'ViewerKind',
  description: 'As what somebody is logged in.',
  valuesConfig: {
    ANONYMOUS: { description: 'Nobody is logged in.' },
    PATIENT: { description: 'A person, as a patient or for a child.' },
    STAFF: { description: 'Somebody on the staff, with an assignment at a unit.' },
  },
})

@ObjectType({ description: 'Who asks.' })
export class Viewer {
  @Access(allow)
  @Field(() => ViewerKind, { description: 'As what she is logged in.' })
  kind!: ViewerKind

  @Access(allow)
  @Field(() => StaffRole, {
    nullable: true,
    description: 'Role of the assignment she logged in with; null for others than staff.',
  })
  role!: StaffRole | null

  @Access(allow)
  @Field(() => Date, {
    nullable: true,
    description: 'When the login ends, and every live stream with it; null when nobody is logged in.',
  })
  sessionExpiresAt!: Date | null
}

export function toViewer(viewer: SignedViewer): Viewer {
  return Object.assign(new Viewer(), {
    kind: viewer.kind,
    role: viewer.kind === 'STAFF' ? viewer.role : null,
    sessionExpiresAt: viewer.kind === 'ANONYMOUS' ? null : new Date(viewer.sessionExpiresAt * 1000),
  })
}
