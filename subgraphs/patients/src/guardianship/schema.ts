import { Access, allow } from '@vardgraf/access'
import { Field, ObjectType } from 'type-graphql'

@Access(allow)
@ObjectType({ description: 'Somebody who may act for a child (vårdnadshavare).' })
export class Guardian {
  @Field(() => String, { nullable: true, description: 'The whole name, for people.' })
  displayName!: string | null
}
