import { Access, allow } from '@vardgraf/access'
import type { CancelDeadline as Deadline } from '@vardgraf/policy'
import { connectionOf, globalId, Node } from '@vardgraf/relay'
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import type { VisitRow } from '../database.js'
import { visits } from './access.js'
import { Profession, VisitChannel, VisitStatus, VisitTypeCode } from './enums.js'

export enum CancelDeadlineSource {
  KALLELSE = 'KALLELSE',
  REGION = 'REGION',
}
registerEnumType(CancelDeadlineSource, {
  name: 'CancelDeadlineSource',
  description: 'Who set the deadline.',
  valuesConfig: {
    KALLELSE: { description: 'The summons (kallelse) to this visit.' },
    REGION: { description: 'The region’s policy.' },
  },
})

@Access(allow)
@ObjectType({ description: 'When a visit is cancelled or rebooked at the latest without a fee. [R18]' })
export class CancelDeadline implements Deadline {
  @Field(() => Date, { description: 'The last instant: the deadline itself is in time.' })
  at!: Date

  @Field(() => CancelDeadlineSource, { description: 'Who set it.' })
  source!: Deadline['source']
}

@Access(allow)
@ObjectType({ description: 'When participants can enter a digital visit. [R12]' })
export class JoinWindow {
  @Field(() => Date, { description: 'The doors open.' })
  opensAt!: Date

  @Field(() => Date, { description: 'The doors close.' })
  closesAt!: Date
}

@Access(allow)
@ObjectType({ description: 'Kind of visit.' })
export class VisitType {
  @Field(() => VisitTypeCode, { description: 'Stable code.' })
  code!: VisitTypeCode

  @Field(() => String, { description: 'For people, in the language of the request.' })
  name!: string
}

@Access(visits.rule)
@Directive('@key(fields: "id")')
@Directive('@key(fields: "nodeId")')
@ObjectType({ implements: Node, description: 'A meeting between a patient and the care (besök), digital or not.' })
export class Visit extends Node {
  @Directive('@inaccessible')
  @Field(() => ID, { description: 'The same as `id`: the key by which `Query.node` finds it.' })
  nodeId!: string

  @Field(() => Date, { description: 'It begins.' })
  startsAt!: Date

  @Field(() => Date, { description: 'It ends; another may begin at the same instant.' })
  endsAt!: Date

  @Field(() => VisitChannel, { description: 'How it is held. [R1]' })
  channel!: VisitChannel

  @Field(() => VisitStatus, { description: 'Where it stands.' })
  status!: VisitStatus

  @Field(() => Profession, { description: 'Profession of who receives the patient.' })
  profession!: Profession

  /** What the fields of other types are worked out from; not part of the graph. */
  row!: VisitRow
}

export const { ConnectionType: VisitConnection } = connectionOf(() => Visit, 'Visit')

/** A stored visit as the graph shows it. */
export function toVisit(row: VisitRow): Visit {
  const { startsAt, endsAt, channel, status, profession } = row
  const id = globalId('Visit', row.id)
  return Object.assign(new Visit(), { id, nodeId: id, startsAt, endsAt, channel, status, profession, row })
}
