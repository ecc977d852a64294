import { Access } from '@vardgraf/access'
import { globalId, Node } from '@vardgraf/relay'
import { DateScalar } from '@vardgraf/service'
import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { patients } from './access.js'
import type { PersonRow } from './loaders.js'

@Access(patients.rule)
@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  description: 'A person as a patient: visible to herself, to who may act for her, and to staff with a care relation.',
})
export class Patient implements Node {
  row!: PersonRow

  @Field(() => ID, { description: 'Opaque global id: stable, and only meaningful to the graph.' })
  id!: string

  @Field(() => String, { nullable: true, description: 'Given name (förnamn); null until a login has told it.' })
  givenName!: string | null

  @Field(() => String, { nullable: true, description: 'Family name (efternamn); null until a login has told it.' })
  familyName!: string | null

  @Field(() => String, { nullable: true, description: 'The whole name, for people.' })
  displayName!: string | null

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

/** The whole name, or null when no part of it is known. */
export function fullName({ givenName, familyName }: Pick<PersonRow, 'givenName' | 'familyName'>): string | null {
  return [givenName, familyName].filter((part) => part !== null).join(' ') || null
}

/** The row as the graph shows it. */
export function toPatient(row: PersonRow): Patient {
  const { id, givenName, familyName, birthDate, region, protectedIdentity } = row
  const shown = { givenName, familyName, displayName: fullName(row), birthDate, region, protectedIdentity }
  return Object.assign(new Patient(), shown, { row, id: globalId('Patient', id) })
}
