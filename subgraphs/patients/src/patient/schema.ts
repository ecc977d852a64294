import { globalId, Node } from '@vardgraf/relay'
import { DateScalar } from '@vardgraf/service'
import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { Identifier, toIdentifier } from '../identity-number/schema.js'
import type { PersonRow } from './loaders.js'

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

  @Field(() => String, {
    description: 'Personal identity number (personnummer) or co-ordination number that she has now: 12 digits.',
  })
  personalIdentityNumber!: string

  @Field(() => [Identifier], {
    description: 'All numbers that she has or had, the current one first: by each of them she is the same patient.',
  })
  identifier!: Identifier[]

  @Field(() => DateScalar, { description: 'Birth date; it may change with the number.' })
  birthDate!: string

  @Field(() => String, {
    nullable: true,
    description:
      'Region whose policy applies to her, such as `vastmanland`: where she is registered as a resident, else where she is listed. Null until the register has told: no region’s rules are taken for hers by chance.',
  })
  region!: string | null

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
  const { id, numbers, ...rest } = row
  const identifier = numbers.map(toIdentifier)
  return Object.assign(new Patient(), {
    ...rest,
    personId: id,
    id: globalId('Patient', id),
    displayName: fullName(row),
    personalIdentityNumber: identifier[0]?.value,
    identifier,
  })
}
