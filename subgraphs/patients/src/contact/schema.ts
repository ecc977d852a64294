import { Access, allow } from '@vardgraf/access'
import { Field, ObjectType } from 'type-graphql'

@Access(allow)
@ObjectType({ description: 'A postal address in Sweden.' })
export class PostalAddress {
  @Field(() => String, { description: 'Street and number.' })
  street!: string

  @Field(() => String, { description: 'Postal code (postnummer), such as `722 11`.' })
  postalCode!: string

  @Field(() => String, { description: 'Post town (postort).' })
  city!: string
}

interface AddressColumns {
  street: string | null
  postalCode: string | null
  city: string | null
}

/** The address of a row that has a whole one. */
export function addressOf({ street, postalCode, city }: AddressColumns): PostalAddress | null {
  if (street === null || postalCode === null || city === null) return null
  return Object.assign(new PostalAddress(), { street, postalCode, city })
}
