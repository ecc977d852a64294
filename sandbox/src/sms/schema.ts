import { Access, allow } from '@vardgraf/access'
import { connectionOf } from '@vardgraf/relay'
import { Field, ObjectType } from 'type-graphql'

@Access(allow)
@ObjectType({ description: 'An SMS (sms) that would have been sent. It exists only in the sandbox.' })
export class SandboxSms {
  @Field(() => String, { description: 'Opaque place in the inbox: continue behind it with `after`.' })
  cursor!: string

  @Field(() => String, { description: 'To which number, such as `+46701740605`.' })
  to!: string

  @Field(() => String, { description: 'What the receiver sees as the sender.' })
  from!: string

  @Field(() => String, { description: 'The text as it would have reached the phone.' })
  message!: string

  @Field(() => Date, { description: "When the operator took it, by the sandbox's clock." })
  sentAt!: Date
}

export const { ConnectionType: SandboxSmsConnection } = connectionOf(() => SandboxSms, 'SandboxSms')
