import { Access } from '@vardgraf/access'
import { ConnectionArgs, connectionOf, globalId, Node } from '@vardgraf/relay'
import { ArgsType, Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { CareCase as CareCaseRow } from '../generated/prisma/client.js'
import { CaseStatus, EntryChannel, Priority, TriageOutcome } from '../generated/prisma/enums.js'
import { cases } from './access.js'

const described = <K extends string>(texts: Record<K, string>) =>
  Object.fromEntries(Object.entries(texts).map(([key, description]) => [key, { description: description as string }])) as Record<
    K,
    { description: string }
  >

registerEnumType(CaseStatus, {
  name: 'CaseStatus',
  description: 'Where a case is on its way.',
  valuesConfig: described<CaseStatus>({
    TRIAGING: 'The first questions are being answered.',
    CLOSED_SELF_CARE: 'Ended at triage, with advice on self-care.',
    CLOSED_112: 'Ended: 112 must be called at once.',
    CLOSED_REFERRED: 'Ended at triage: another service was pointed out.',
    WAITING: 'In the waiting room.',
    ASSIGNED: 'A member of staff has begun with it.',
    ANSWERED: 'The care has answered in the chat; the last message is the answer, or the patient’s.',
    AWAITING_PATIENT: 'The care has written in the chat and waits for the patient.',
    CLOSED: 'Closed by the care.',
    ABANDONED: 'The patient left before an answer.',
  }),
})
registerEnumType(EntryChannel, {
  name: 'EntryChannel',
  description: 'The way in that the patient took.',
  valuesConfig: described<EntryChannel>({
    START_PAGE: 'The start page of 1177.se.',
    CONTACT_CARD: 'A care unit’s contact card.',
    APP: 'The app.',
    PHONE_KEYPAD: 'A key press in the phone queue.',
  }),
})
registerEnumType(TriageOutcome, {
  name: 'TriageOutcome',
  description: 'What the first assessment came to.',
  valuesConfig: described<TriageOutcome>({
    SELF_CARE: 'Advice on self-care.',
    HEALTH_CENTRE: 'The health centre (vårdcentral) should answer.',
    NURSE_LINE_1177: 'A nurse at 1177 should answer.',
    CALL_112: 'Call 112 at once.',
  }),
})
registerEnumType(Priority, {
  name: 'Priority',
  description: 'How great the need is; the waiting room is ordered by it.',
  valuesConfig: described<Priority>({
    P1: 'Acute: answered at once, before all others.',
    P2: 'Within hours.',
    P3: 'The same day.',
    P4: 'Within a day.',
    P5: 'Can wait for up to a day.',
  }),
})

@Access(cases.rule)
@Directive('@key(fields: "id")')
@Directive('@key(fields: "nodeId")')
@ObjectType('CareCase', { implements: Node, description: 'A matter that a patient brings to the care (vårdärende).' })
export class CareCase extends Node {
  row!: CareCaseRow

  @Directive('@inaccessible')
  @Field(() => ID, { description: 'The id, for `node`.' })
  nodeId!: string

  @Field(() => CaseStatus, { description: 'Where the case is on its way.' })
  status!: CaseStatus

  @Field(() => EntryChannel, { description: 'The way in that the patient took.' })
  entryChannel!: EntryChannel

  @Field(() => String, { description: 'What it is about, as the questionnaire’s code.' })
  complaint!: string

  @Field(() => TriageOutcome, {
    nullable: true,
    description: 'What the answers came to, the last time they were assessed; null until then.',
  })
  outcome!: TriageOutcome | null

  @Field(() => Priority, {
    nullable: true,
    description: 'How great the need was found to be; null until it entered a waiting room.',
  })
  priority!: Priority | null

  @Field(() => Date, { description: 'When the case was started.' })
  openedAt!: Date

  @Field(() => Date, { nullable: true, description: 'When it entered the waiting room.' })
  enteredAt!: Date | null

  @Field(() => Date, { nullable: true, description: 'When a human must have answered at the latest: 24 hours after entering.' })
  answerDueAt!: Date | null

  @Field(() => Date, { nullable: true, description: 'From when the responder answers; null outside the waiting room.' })
  opensAt!: Date | null

  @Field(() => Date, { nullable: true, description: 'When the care answered.' })
  answeredAt!: Date | null

  @Field(() => Date, { nullable: true, description: 'When the case ended.' })
  closedAt!: Date | null

  @Field(() => Int, { description: 'Grows by one with every change.' })
  version!: number
}

/** The row as the graph shows it. */
export function toCareCase(row: CareCaseRow): CareCase {
  const id = globalId('CareCase', row.id)
  const { status, entryChannel, complaint, outcome, priority, openedAt, enteredAt, answerDueAt, answeredAt, closedAt, version } =
    row
  const opensAt = status === 'WAITING' ? row.opensAt : null
  const shown = {
    id,
    nodeId: id,
    status,
    entryChannel,
    complaint,
    outcome,
    priority,
    openedAt,
    enteredAt,
    answerDueAt,
    opensAt,
    answeredAt,
    closedAt,
    version,
  }
  return Object.assign(new CareCase(), shown, { row })
}

export const { ConnectionType: CareCaseConnection } = connectionOf(() => CareCase, 'CareCase')

@ArgsType()
export class CasesInHandArgs extends ConnectionArgs {
  @Field(() => Boolean, { defaultValue: false, description: 'Only those that the viewer has claimed.' })
  mine!: boolean

  @Field(() => Boolean, { defaultValue: false, description: 'Only those whose patient has been told to call 112 meanwhile.' })
  redFlagged!: boolean
}
