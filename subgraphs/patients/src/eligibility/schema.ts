import { Access, allow } from '@vardgraf/access'
import { Field, ObjectType, registerEnumType } from 'type-graphql'

export const AgeLimitedService = { YOUTH_CLINIC: 'YOUTH_CLINIC', CHILD_HEALTH: 'CHILD_HEALTH' } as const
export type AgeLimitedService = keyof typeof AgeLimitedService

registerEnumType(AgeLimitedService, {
  name: 'AgeLimitedService',
  description: 'A service that is for some ages.',
  valuesConfig: {
    YOUTH_CLINIC: { description: 'Chat with a youth clinic (ungdomsmottagning).' },
    CHILD_HEALTH: { description: 'Questions to child health care (barnhälsovård), before preschool class has started.' },
  },
})

export const AskedBy = { SELF: 'SELF', GUARDIAN: 'GUARDIAN' } as const
export type AskedBy = keyof typeof AskedBy

registerEnumType(AskedBy, {
  name: 'AskedBy',
  description: 'Who uses a service.',
  valuesConfig: {
    SELF: { description: 'The young person herself.' },
    GUARDIAN: { description: 'A guardian, about the child.' },
  },
})

@Access(allow)
@ObjectType({ description: 'Whether a service with an age limit is open to a patient by her region’s policy, and when.' })
export class ServiceEligibility {
  @Field(() => AgeLimitedService, { description: 'The service.' })
  service!: AgeLimitedService

  @Field(() => Boolean, { description: 'It is open to her now.' })
  eligible!: boolean

  @Field(() => AskedBy, { description: 'Who uses it.' })
  askedBy!: AskedBy

  @Field(() => Date, { description: 'The first instant it is open to her.' })
  from!: Date

  @Field(() => Date, { description: 'The first instant it is no longer.' })
  until!: Date

  @Field(() => String, { description: 'Id of the rule, such as `R39`.' })
  rule!: string

  @Field(() => String, { description: 'Where the policy’s figure comes from.' })
  source!: string
}
