import { Access, givesCare } from '@vardgraf/access'
import { connectionOf, globalId } from '@vardgraf/relay'
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import type { CaseAlert as CaseAlertRow } from '../generated/prisma/client.js'
import { CaseAlertKind } from '../generated/prisma/enums.js'

registerEnumType(CaseAlertKind, {
  name: 'CaseAlertKind',
  description: 'What a unit’s staff hear of at once.',
  valuesConfig: {
    RED_FLAG: { description: 'The patient has been told to call 112, or a case came whose patient has been.' },
    WORSENED: { description: 'The answers tell of a greater need than before.' },
  },
})

@Access(givesCare)
@ObjectType({
  description: 'Something that the staff who have a case must hear of at once: nothing in it tells who the patient is.',
})
export class CaseAlert {
  row!: CaseAlertRow

  @Field(() => ID, { description: 'Global id of the case.' })
  caseId!: string

  @Field(() => CaseAlertKind, { description: 'What it is.' })
  kind!: CaseAlertKind

  @Field(() => Date, { description: 'When the unit was alerted.' })
  raisedAt!: Date
}

export const toCaseAlert = (row: CaseAlertRow): CaseAlert =>
  Object.assign(new CaseAlert(), {
    row,
    caseId: globalId('CareCase', row.caseId),
    kind: row.kind,
    raisedAt: row.raisedAt,
  })

export const { EdgeType: CaseAlertEdge } = connectionOf(() => CaseAlert, 'CaseAlert')
