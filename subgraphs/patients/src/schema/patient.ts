import { DateScalar, globalId, Node } from '@vardgraf/subgraph'
import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { PersonRow } from '../loaders/persons.js'

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  description: 'A person as a patient: visible to herself, to who may act for her, and to staff with a care relation.',
})
export class Patient implements Node {
  /** The row's key; not in the graph. */
  personId!: string
  listedUnitId!: string | null

  @Field(() => ID, { description: 'Opaque global id: stable, and only meaningful to the graph.' })
  id!: string

  @Field(() => String, { nullable: true, description: 'Given name (förnamn); null until a login has told it.' })
  givenName!: string | null

  @Field(() => String, { nullable: true, description: 'Family name (efternamn); null until a login has told it.' })
  familyName!: string | null

  @Field(() => String, { nullable: true, description: 'The whole name, for people.' })
  displayName!: string | null

  @Field(() => String, { description: 'Personal identity number (personnummer) or co-ordination number: 12 digits.' })
  personalIdentityNumber!: string

  @Field(() => DateScalar, { description: 'Birth date.' })
  birthDate!: string

  @Field(() => String, { description: 'Region whose policy applies to her, such as `vastmanland`.' })
  region!: string

  @Field(() => Boolean, { description: 'Protected identity (skyddade personuppgifter): phone and address are in no answer.' })
  protectedIdentity!: boolean
}

@ObjectType({ description: 'Somebody who may act for a child (vårdnadshavare).' })
export class Guardian {
  @Field(() => String, { nullable: true, description: 'The whole name, for people.' })
  displayName!: string | null
}

/** The whole name, or null when no part of it is known. */
export function fullName({ givenName, familyName }: Pick<PersonRow, 'givenName' | 'familyName'>): string | null {
  return [givenName, familyName].filter((part) => part !== null).join(' ') || null
}

export function toPatient(row: PersonRow): Patient {
  const { id, ...rest } = row
  return Object.assign(new Patient(), { ...rest, personId: id, id: globalId('Patient', id), displayName: fullName(row) })
}
