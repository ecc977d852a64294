import { Access, allow } from '@vardgraf/access'
import { Field, Float, ObjectType } from 'type-graphql'

@Access(allow)
@ObjectType({
  description: 'The one clock that every rule, job and token of the sandbox follows. It does not exist in production.',
})
export class SandboxClock {
  @Field(() => Date, { description: 'What time it is in the sandbox.' })
  now!: Date

  @Field(() => Boolean, { description: 'Whether the clock stands still.' })
  frozen!: boolean

  @Field(() => Float, { description: 'How far the clock is ahead of real time, in milliseconds; negative when it is behind.' })
  offsetMs!: number
}
