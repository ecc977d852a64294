import { ConnectionArgs } from '@vardgraf/relay'
import { ArgsType, Field } from 'type-graphql'

/** Which visits of a list: by when they begin. */
@ArgsType()
export class VisitsArgs extends ConnectionArgs {
  @Field(() => Date, { nullable: true, description: 'Only those that begin at this instant or later.' })
  from?: Date | null

  @Field(() => Date, { nullable: true, description: 'Only those that begin before this instant.' })
  to?: Date | null
}
