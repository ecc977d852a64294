import { Access, allow } from '@vardgraf/access'
import { ConnectionArgs, connectionOf, globalId, Node } from '@vardgraf/relay'
import { DateScalar } from '@vardgraf/service'
import { ArgsType, Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { addressOf, PostalAddress } from '../contact/schema.js'
import { CareUnitKind } from '../generated/prisma/enums.js'
import type { CareUnitRow } from './loaders.js'

registerEnumType(CareUnitKind, {
  name: 'CareUnitKind',
  description: 'What a care unit does.',
  valuesConfig: {
    HEALTH_CENTRE: { description: 'Health centre (vårdcentral).' },
    NURSE_LINE_1177: { description: 'The nurses of 1177 (sjukvårdsrådgivningen).' },
    YOUTH_CLINIC: { description: 'Youth clinic (ungdomsmottagning).' },
    CHILD_HEALTH: { description: 'Child health care (barnhälsovård).' },
  },
})

@Access(allow)
@ObjectType({ description: 'How to reach a care unit (kontaktkort).' })
export class ContactCard {
  @Field(() => String, { description: 'Phone number in international form, such as `+46701740640`.' })
  phone!: string

  @Field(() => PostalAddress, { nullable: true, description: 'Where to go; null for a unit without premises for visitors.' })
  address!: PostalAddress | null

  @Field(() => String, { description: 'The contact card on the web.' })
  url!: string
}

@Access(allow)
@ObjectType({ description: 'A span of time in which a unit is open.' })
export class OpeningSpan {
  @Field(() => Date, { description: 'The first instant it is open.' })
  opensAt!: Date

  @Field(() => Date, { description: 'The first instant it is closed again.' })
  closesAt!: Date
}

@Access(allow)
@ObjectType({ description: 'When a unit is open on one date; public holidays are taken into account.' })
export class OpeningDay {
  @Field(() => DateScalar, { description: 'The local date.' })
  date!: string

  @Field(() => [OpeningSpan], { description: 'In order; empty when it is closed all day.' })
  openings!: readonly OpeningSpan[]
}

@Directive('@key(fields: "id")')
@ObjectType({ implements: Node, description: 'A care unit (vårdenhet) with its contact card.' })
export class CareUnit implements Node {
  row!: CareUnitRow

  @Access(allow)
  @Field(() => ID, { description: 'Opaque global id: stable, and only meaningful to the graph.' })
  id!: string

  @Access(allow)
  @Field(() => String, { description: 'HSA-id: the unit’s id in the national catalogue.' })
  hsaId!: string

  @Access(allow)
  @Field(() => String, { description: 'Name, for people.' })
  name!: string

  @Access(allow)
  @Field(() => CareUnitKind, { description: 'What the unit does.' })
  kind!: CareUnitKind

  @Access(allow)
  @Field(() => String, { description: 'Region whose policy applies, such as `vastmanland`.' })
  region!: string

  @Access(allow)
  @Field(() => Boolean, { description: 'Patients may book visits themselves.' })
  selfBooking!: boolean

  @Access(allow)
  @Field(() => ContactCard, { description: 'How to reach the unit.' })
  contactCard!: ContactCard
}

export const { ConnectionType: CareUnitConnection } = connectionOf(() => CareUnit, 'CareUnit')

@ArgsType()
export class CareUnitsArgs extends ConnectionArgs {
  @Field(() => CareUnitKind, { nullable: true, description: 'Only units of this kind.' })
  kind?: CareUnitKind

  @Field(() => String, { nullable: true, description: 'Only units of this region, such as `vastmanland`.' })
  region?: string
}

/** The row as the graph shows it. */
export function toCareUnit(row: CareUnitRow): CareUnit {
  const { hsaId, name, kind, region, selfBooking, phone, url } = row
  const contactCard = Object.assign(new ContactCard(), { phone, url, address: addressOf(row) })
  const shown = { hsaId, name, kind, region, selfBooking, contactCard }
  return Object.assign(new CareUnit(), shown, { row, id: globalId('CareUnit', hsaId) })
}
